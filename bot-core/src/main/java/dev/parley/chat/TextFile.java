package dev.parley.chat;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;

/** Files that people write: plain text in whatever encoding, known by its content. */
final class TextFile {
  static final int LARGEST = 1 << 20;

  /** Below it, ICU guesses; text of a few words is seldom surer. */
  private static final int LEAST_CONFIDENCE = 20;

  private TextFile() {}

  /** The text; empty where the content is none, or too much. */
  static Optional<String> read(byte[] content) {
    if (content.length > LARGEST) { // more than the platform had said
      return Optional.empty();
    }
    return decode(content)
        .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
        .filter(TextFile::isText);
  }

  private static Optional<String> decode(byte[] content) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException notUtf8) {
      return guess(content);
    }
  }

  /** Of older systems: Big5 and GB 18030 in Chinese, the Windows and ISO tables elsewhere. */
  private static Optional<String> guess(byte[] content) {
    if (hasZero(content) && !beginsAsUtf16(content)) {
      return Optional.empty(); // every file is text in UTF-16 or UTF-32, if one only believes it
    }
    CharsetMatch match = new CharsetDetector().setText(content).detect();
    try {
      return match == null || match.getConfidence() < LEAST_CONFIDENCE
          ? Optional.empty()
          : Optional.of(match.getString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean hasZero(byte[] content) {
    return IntStream.range(0, content.length).anyMatch(i -> content[i] == 0);
  }

  private static boolean beginsAsUtf16(byte[] content) {
    int mark = content.length < 2 ? 0 : ((content[0] & 0xFF) << 8) | (content[1] & 0xFF);
    return mark == 0xFEFF || mark == 0xFFFE;
  }

  private static boolean isText(String text) {
    return text.chars()
        .noneMatch(c -> (Character.isISOControl(c) && !Character.isWhitespace(c)) || c == '\uFFFD');
  }
}
