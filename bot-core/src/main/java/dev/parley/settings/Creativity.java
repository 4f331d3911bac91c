package dev.parley.settings;

/** How freely the model chooses its words. */
public enum Creativity {
  PRECISE,
  BALANCED,
  CREATIVE
}
