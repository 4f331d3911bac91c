package dev.parley.model.remote;

/** Puts characters together whose halves came in two pieces of a stream. Confined to one thread. */
final class WholeCharacters {
  /** The first half of a character whose second half is still to come. */
  private String half = "";

  /** Returns what is whole now, possibly nothing. */
  String add(String piece) {
    String all = half + piece;
    boolean endsInHalf = !all.isEmpty() && Character.isHighSurrogate(all.charAt(all.length() - 1));
    int end = endsInHalf ? all.length() - 1 : all.length();
    half = all.substring(end);
    return all.substring(0, end);
  }
}
