package dev.parley.settings;

/** What becomes of texts that are violent, hateful, harassing, sexual or about hurting oneself. */
public enum ModerationLevel {
  /** Nobody looks. */
  OFF,
  /** They are shown, with a note, and stand in the admins' list. */
  MARK,
  /** They are neither answered nor shown, and stand in the admins' list. */
  BLOCK
}
