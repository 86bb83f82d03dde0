/** An interrupt between two statements is lost, hence again and again until the work has noticed. */
export function interruptOnAbort(
  connection: { interrupt(): void },
  signal: AbortSignal | undefined,
): () => void {
  if (signal === undefined) return () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    connection.interrupt();
    timer = setInterval(() => connection.interrupt(), 10);
  };
  if (signal.aborted) interrupt();
  else signal.addEventListener("abort", interrupt, { once: true });
  return () => {
    clearInterval(timer);
    signal.removeEventListener("abort", interrupt);
  };
}
