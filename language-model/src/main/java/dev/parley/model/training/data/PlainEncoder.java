package dev.parley.model.training.data;

import dev.parley.model.ChatMessage;
import dev.parley.model.Role;
import dev.parley.model.tokenizer.Tokenizer;
import java.util.List;

/**
 * Encodes conversations without a chat template, as GPT-2 is fine-tuned on dialogues: the turns one
 * below the other as plain text, the model's end token after each answer. Thread-safe.
 */
public final class PlainEncoder implements DemonstrationEncoder {
  /** Which tokens are learnt. */
  public enum Loss {
    /** All: the model learns to ask as well. */
    EVERYTHING,
    /** The answers and the end token after each. */
    ANSWERS
  }

  private final Tokenizer tokenizer;
  private final int end;
  private final Loss loss;
  private final Fitting fitting;

  /**
   * @param tokenizer open for as long as this is used
   * @param end the token that ends an answer
   * @param maxTokens most tokens of an example, at least 2
   */
  public PlainEncoder(Tokenizer tokenizer, int end, Loss loss, int maxTokens) {
    this.tokenizer = tokenizer;
    this.end = end;
    this.loss = loss;
    this.fitting = new Fitting(maxTokens);
  }

  @Override
  public List<EncodedExample> encode(Demonstration demonstration) {
    List<ChatMessage> messages = demonstration.messages();
    return fitting.fit(messages, lines(messages), this::lines);
  }

  private EncodedExample lines(List<ChatMessage> messages) {
    EncodedExample.Builder lines = new EncodedExample.Builder();
    tokenizer.startToken().ifPresent(start -> lines.add(new int[] {start}, false));
    for (ChatMessage message : messages) {
      if (message.role() == Role.ASSISTANT) {
        lines.add(tokenizer.encode(message.text()), true).add(new int[] {end}, true);
      } else {
        lines.add(tokenizer.encode(message.text() + "\n"), loss == Loss.EVERYTHING);
      }
    }
    return lines.build();
  }
}
