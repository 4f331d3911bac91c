package dev.parley.model.remote;

import dev.parley.model.ChatMessage;
import java.util.List;

/**
 * Tokens without a tokenizer, rather too many than too few: vocabularies differ, and a prompt that
 * is thought shorter than it is would be refused.
 */
final class TokenEstimate {
  private static final double TOKENS_PER_LATIN_CHARACTER = 1 / 3.5;

  /** Greek to Thai: vocabularies made for English split these words into short pieces. */
  private static final double TOKENS_PER_OTHER_LETTER = 0.5;

  /** Role, separators and line ends of the usual chat templates. */
  private static final int TOKENS_PER_MESSAGE = 6;

  private static final int TOKENS_PER_PROMPT = 8;

  private TokenEstimate() {}

  static int of(List<ChatMessage> messages) {
    return messages.stream()
        .mapToInt(message -> TOKENS_PER_MESSAGE + of(message.text()))
        .reduce(TOKENS_PER_PROMPT, Math::addExact);
  }

  static int of(String text) {
    return (int) Math.ceil(text.chars().mapToDouble(TokenEstimate::ofCharacter).sum());
  }

  private static double ofCharacter(int c) {
    boolean chineseJapaneseKoreanOrEmoji = c >= 0x2E80;
    if (chineseJapaneseKoreanOrEmoji || (c >= '0' && c <= '9')) {
      return 1;
    }
    return c < 0x370 ? TOKENS_PER_LATIN_CHARACTER : TOKENS_PER_OTHER_LETTER;
  }
}
