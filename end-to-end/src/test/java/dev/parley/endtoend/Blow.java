package dev.parley.endtoend;

/** What happens to the program while it runs, beside being killed and calls that fail. */
enum Blow {
  NOTHING("nothing else"),
  NETWORK_CUT("network cut"),
  DISK_FULL("disk full"),
  DATABASE_LOCKED("database locked by another program"),
  DATABASE_DAMAGED("database damaged and restored"),
  CLOCK_JUMPED("clock jumped");

  final String words;

  Blow(String words) {
    this.words = words;
  }
}
