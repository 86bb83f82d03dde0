/**
 * IANA zone of every airport in the data. The source writes each departure in the local time of its origin, so
 * without zones "had landed an hour earlier" could not be said of flights that cross one.
 */
const AIRPORTS_BY_ZONE: Readonly<Record<string, string>> = {
  "America/Anchorage": "ADQ AKN ANC BET BRW CDV DLG DUT FAI GST JNU KTN OME OTZ PSG SCC SIT WRG YAK",
  "Pacific/Honolulu": "HNL ITO KOA LIH OGG",
  "America/Los_Angeles":
    "BFL BUR FAT LAX LGB MRY OAK ONT PSP SAN SBA SBP SFO SJC SMF SNA LAS RNO EUG MFR PDX GEG PSC SEA",
  "America/Phoenix": "PHX TUS",
  "America/Denver": "COS DEN DRO EGE GUC HDN MTJ BOI BIL BZN FCA GTF HLN MSO ABQ SLC JAC ELP RAP",
  "America/Chicago":
    "BHM HSV MOB FSM LIT TXK XNA CID DBQ DSM SUX BMI CMI MDW MLI ORD PIA ICT BTR LFT MLU MSY SHV DLH MSP RST " +
    "MCI SGF STL GPT JAN LNK OMA BIS FAR GFK MOT LAW OKC TUL FSD BNA MEM VPS PNS EVV GRB LSE MKE MSN " +
    "ABI ACT AMA AUS BPT BRO CLL CRP DAL DFW GGG HOU HRL IAH ILE LBB LRD MAF MFE SAT SJT SPS TYR",
  // Most of Indiana kept standard time all year until 2006.
  "America/Indiana/Indianapolis": "FWA IND SBN",
  "America/Puerto_Rico": "BQN SJU STT STX",
  "America/New_York":
    "BDL APF DAB EYW FLL JAX MCO MIA MLB PBI RSW SRQ TLH TPA ATL SAV CVG LEX SDF BOS ORH BWI BGR PWM " +
    "AZO DTW FNT GRR LAN MBS MQT TVC AVL CLT FAY GSO ILM RDU MHT ACY EWR ALB BGM BUF ELM HPN ISP ITH JFK LGA ROC " +
    "SWF SYR CAK CLE CMH DAY TOL ABE AVP ERI MDT PHL PIT PVD CAE CHS GSP MYR CHA TRI TYS DCA IAD ORF RIC ROA " +
    "BTV CRW LWB",
};

/** Rows of `(airport, zone)`, each airport once. */
export function airportZones(): readonly (readonly [airport: string, zone: string])[] {
  return Object.entries(AIRPORTS_BY_ZONE).flatMap(([zone, airports]) =>
    airports.split(" ").map((airport) => [airport, zone] as const),
  );
}
