package dev.parley.platform;

/** What somebody thinks of an answer, at its shortest. */
public enum Thumb {
  UP,
  DOWN
}
