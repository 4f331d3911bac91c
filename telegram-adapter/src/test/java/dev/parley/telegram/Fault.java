package dev.parley.telegram;

/** What goes wrong with one call. */
enum Fault {
  /** The connection ends before the call is carried out. */
  CUT_BEFORE,
  /** The call is carried out, but nobody hears of it. */
  CUT_AFTER,
  /** A proxy says 502 in HTML, before anything happened. */
  BAD_GATEWAY_BEFORE,
  /** The same after the call was carried out. */
  BAD_GATEWAY_AFTER,
  /** 429 with a second to wait. */
  TOO_MANY
}
