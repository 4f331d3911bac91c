package dev.parley.model.engine;

import dev.parley.model.sampling.Draws;
import dev.parley.model.sampling.Sampler;
import dev.parley.model.transformer.Transformer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;

/**
 * What the transformer computes for sequences: their next tokens, drawn here or, with the logits
 * staying where they are, by the transformer. A token is asked for at most once. Confined to the
 * engine thread.
 */
final class Steps {
  private final Transformer transformer;

  /** Told how many tokens are about to be written, so that a test can let it fail. */
  volatile IntConsumer beforeWriting = rows -> {};

  /** Told how many tokens are about to be read, likewise. */
  volatile IntConsumer beforeReading = tokens -> {};

  Steps(Transformer transformer) {
    this.transformer = transformer;
  }

  /** Reads a piece of a prompt; what follows can be drawn where it was the last. */
  IntSupplier read(Sequence sequence, int[] piece) {
    beforeReading.accept(piece.length);
    int slot = sequence.slot();
    int start = sequence.computed();
    if (!transformer.draws()) {
      float[] logits = transformer.prefill(slot, start, piece);
      return () -> sequence.sampler().next(logits, 0, transformer.vocabulary());
    }
    boolean last = start + piece.length == sequence.prompt().length;
    Optional<Draws> draws = last ? Optional.of(draws(List.of(sequence))) : Optional.empty();
    OptionalInt token = transformer.prefillAndDraw(slot, start, piece, draws);
    return () -> Draws.checked(token.orElseThrow());
  }

  /** Puts the last token of each sequence into its slot; gives what follows by its index. */
  IntUnaryOperator write(List<Sequence> writing) {
    beforeWriting.accept(writing.size());
    int[] ids = writing.stream().mapToInt(Sequence::lastToken).toArray();
    int[] positions = writing.stream().mapToInt(Sequence::computed).toArray();
    int[] slotOf = writing.stream().mapToInt(Sequence::slot).toArray();
    if (transformer.draws()) {
      int[] tokens = transformer.decodeAndDraw(ids, positions, slotOf, draws(writing));
      return row -> Draws.checked(tokens[row]);
    }
    boolean exact = writing.stream().anyMatch(Sequence::repeatable);
    float[] logits = transformer.decode(ids, positions, slotOf, exact);
    int vocabulary = transformer.vocabulary();
    return row -> writing.get(row).sampler().next(logits, row * vocabulary, vocabulary);
  }

  private Draws draws(List<Sequence> sequences) {
    List<Sampler> samplers = sequences.stream().map(Sequence::sampler).toList();
    return new Draws(samplers, transformer.vocabulary());
  }
}
