package dev.parley.background;

import dev.parley.model.ChatMessage;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** Makes a transcript as long as it may be. */
final class Fitting {
  /** Texts of real languages have fewer characters per token: longer ones need no counting. */
  private static final int MOST_CHARACTERS_PER_TOKEN = 12;

  /** Messages are not cut shorter than this; older ones are left out instead. */
  private static final int SHORTEST = 80;

  private Fitting() {}

  /**
   * The messages with the longest text that fits.
   *
   * @param messages around the text of a transcript
   * @param longest UTF-16 units of a message that are enough
   * @param budget most tokens
   */
  static List<ChatMessage> fit(
      Transcript transcript,
      Function<String, List<ChatMessage>> messages,
      int longest,
      ToIntFunction<List<ChatMessage>> tokens,
      int budget) {
    Transcript now = transcript;
    int length = Math.clamp(longest, 1, Math.max(1, transcript.longest()));
    while (true) {
      String text = now.text(length);
      List<ChatMessage> tried = messages.apply(text);
      boolean last = length == 1 && !now.isLong();
      if (last
          || (text.length() <= (long) budget * MOST_CHARACTERS_PER_TOKEN
              && tokens.applyAsInt(tried) <= budget)) {
        return tried;
      }
      if (length > SHORTEST || !now.isLong()) {
        length = Math.max(1, length * 3 / 4);
      } else {
        now = now.newerHalf();
      }
    }
  }
}
