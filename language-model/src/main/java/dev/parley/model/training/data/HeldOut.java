package dev.parley.model.training.data;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which rows a model is examined by and never learns from. What decides is the first question, by
 * its hash: rows that ask the same are on the same side, in every file and run, whatever else the
 * data has.
 *
 * @param share of the questions that are held out, from 0 to 1; of few questions it may be more or
 *     less
 * @param seed another one holds out others
 */
public record HeldOut(double share, long seed) {
  public HeldOut {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be 0 to 1, not " + share);
    }
  }

  /**
   * Data on its two sides, each in the data's order.
   *
   * @param training to learn from
   * @param heldOut to be examined by
   */
  public record Sides<T>(List<T> training, List<T> heldOut) {}

  public Sides<Demonstration> demonstrations(List<Demonstration> all) {
    return sides(all, Demonstration::messages);
  }

  public Sides<Preference> preferences(List<Preference> all) {
    return sides(all, Preference::prompt);
  }

  public Sides<Prompt> prompts(List<Prompt> all) {
    return sides(all, Prompt::messages);
  }

  private <T> Sides<T> sides(List<T> all, Function<T, List<ChatMessage>> messages) {
    Predicate<T> held = row -> holds(messages.apply(row));
    var sides = all.stream().collect(Collectors.partitioningBy(held));
    return new Sides<>(
        List.copyOf(sides.getOrDefault(false, List.of())),
        List.copyOf(sides.getOrDefault(true, List.of())));
  }

  private boolean holds(List<ChatMessage> messages) {
    String question =
        messages.stream()
            .filter(message -> message.role() == Role.USER)
            .findFirst()
            .map(message -> message.text().strip())
            .orElse("");
    byte[] text = question.getBytes(StandardCharsets.UTF_8);
    byte[] seeded = ByteBuffer.allocate(Long.BYTES + text.length).putLong(seed).put(text).array();
    return (Hash.of(seeded) >>> 11) * 0x1p-53 < share; // a fraction below 1
  }
}
