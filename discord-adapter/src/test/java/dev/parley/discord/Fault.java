package dev.parley.discord;

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
  /** Discord itself says 500. */
  BROKEN,
  /** 429 for this route. */
  TOO_MANY,
  /** 429 for everything. */
  TOO_MANY_IN_ALL,
  /** No answer comes, and nothing happens. */
  SILENT_BEFORE,
  /** The call is carried out, but no answer comes. */
  SILENT_AFTER,
  /** The call is carried out, and the connection ends amid the answer. */
  CUT_WITHIN,
  /** The answer comes in drips. */
  SLOW
}
