package dev.parley.model.template;

import com.hubspot.jinjava.el.ext.ExtendedScanner;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words of expressions as Python does, where jinjava does not. For one expression;
 * confined to one thread.
 */
final class JinjaScanner extends ExtendedScanner {
  /** Operators of Java's expression language: names in Jinja. */
  private static final Set<String> NAMES =
      Set.of("div", "empty", "eq", "ge", "gt", "instanceof", "le", "lt", "mod", "ne");

  JinjaScanner(String expression) {
    super(expression);
  }

  @Override
  protected @Nullable Token keyword(String word) {
    return NAMES.contains(word) ? null : super.keyword(word);
  }

  /** To jinjava {@code +1} is a number without its sign, so that {@code a+1} is none. */
  @Override
  protected Token nextEval() throws ScanException {
    return getInput().charAt(getPosition()) == '+' ? fixed(Symbol.PLUS) : super.nextEval();
  }

  /** Python keeps the backslash of what is no escape. */
  @Override
  protected Token nextString() throws ScanException {
    String input = getInput();
    char quote = input.charAt(getPosition());
    builder.setLength(0);
    int at = getPosition() + 1;
    while (at < input.length() && input.charAt(at) != quote) {
      if (input.charAt(at) == '\\') {
        at = escape(input, at + 1);
      } else {
        builder.append(input.charAt(at));
        at++;
      }
    }
    if (at >= input.length()) {
      throw new ScanException(getPosition(), "unterminated string", String.valueOf(quote));
    }
    return token(Symbol.STRING, builder.toString(), at + 1 - getPosition());
  }

  private int escape(String input, int at) throws ScanException {
    if (at == input.length()) {
      throw new ScanException(getPosition(), "unterminated string", "\\");
    }
    char escaped = input.charAt(at);
    switch (escaped) {
      case '\n' -> {}
      case '\\', '\'', '"' -> builder.append(escaped);
      case 'n' -> builder.append('\n');
      case 't' -> builder.append('\t');
      case 'r' -> builder.append('\r');
      case 'b' -> builder.append('\b');
      case 'f' -> builder.append('\f');
      case 'v' -> builder.append('\u000b');
      case 'x' -> {
        return character(input, at + 1, 2);
      }
      case 'u' -> {
        return character(input, at + 1, 4);
      }
      default -> builder.append('\\').append(escaped);
    }
    return at + 1;
  }

  private int character(String input, int from, int digits) throws ScanException {
    int to = from + digits;
    try {
      builder.append((char) Integer.parseInt(input, from, to, 16));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new ScanException(getPosition(), "invalid escape", digits + " hexadecimal digits");
    }
    return to;
  }
}
