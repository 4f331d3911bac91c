package dev.parley.model.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Divides rows into what is computed at once. */
final class Pieces {
  private Pieces() {}

  /**
   * In their order, as many as fit together; a row that is too long is alone.
   *
   * @param rows at least one
   * @param most tokens of a piece
   */
  static <R> List<List<R>> of(List<R> rows, ToIntFunction<? super R> tokens, int most) {
    List<List<R>> pieces = new ArrayList<>();
    List<R> piece = new ArrayList<>();
    long sum = 0;
    for (R row : rows) {
      if (!piece.isEmpty() && sum + tokens.applyAsInt(row) > most) {
        pieces.add(piece);
        piece = new ArrayList<>();
        sum = 0;
      }
      piece.add(row);
      sum += tokens.applyAsInt(row);
    }
    pieces.add(piece);
    return pieces;
  }
}
