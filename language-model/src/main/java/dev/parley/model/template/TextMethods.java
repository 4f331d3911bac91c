package dev.parley.model.template;

import com.hubspot.jinjava.el.ext.NamedParameter;
import com.hubspot.jinjava.objects.collections.PyList;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * The methods of Python's {@code str} that chat templates call. A text has no others, Java's least
 * of all. Immutable.
 */
final class TextMethods extends ELResolver {
  private static final int ALL = Integer.MAX_VALUE;

  private static final Pattern INDEX = Pattern.compile("-?[0-9]{1,9}");

  private final long longest;

  /**
   * @param longest characters that a method may make of a text
   */
  TextMethods(long longest) {
    this.longest = longest;
  }

  @Override
  public @Nullable Object invoke(
      ELContext context,
      @Nullable Object base,
      @Nullable Object method,
      Class<?> @Nullable [] types,
      @Nullable Object @Nullable [] arguments) {
    if (!(base instanceof String text)) {
      return null;
    }
    context.setPropertyResolved(true);
    List<@Nullable Object> values = new ArrayList<>();
    for (Object each : arguments == null ? new Object[0] : arguments) {
      values.add(each instanceof NamedParameter named ? named.getValue() : each);
    }
    return call(text, String.valueOf(method), values);
  }

  private Object call(String text, String method, List<@Nullable Object> arguments) {
    return switch (method) {
      case "startswith" -> texts(arguments, 0).stream().anyMatch(text::startsWith);
      case "endswith" -> texts(arguments, 0).stream().anyMatch(text::endsWith);
      case "strip" -> stripStart(stripEnd(text, arguments), arguments);
      case "lstrip" -> stripStart(text, arguments);
      case "rstrip" -> stripEnd(text, arguments);
      case "split" -> split(text, arguments);
      case "rsplit" -> splitFromEnd(text, arguments);
      case "splitlines" -> new PyList(new ArrayList<>(text.lines().toList()));
      case "replace" -> replace(text, arguments);
      case "join" -> join(text, texts(arguments, 0));
      case "find" -> (long) text.indexOf(text(arguments, 0));
      case "count" -> (long) pieces(text, text(arguments, 0), ALL).size() - 1;
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> capitalize(text);
      case "title" -> title(text);
      default -> throw new ELException("a text has no method '" + method + "'");
    };
  }

  private static String stripStart(String text, List<@Nullable Object> arguments) {
    int from = 0;
    while (from < text.length() && strips(text.charAt(from), arguments)) {
      from++;
    }
    return text.substring(from);
  }

  private static String stripEnd(String text, List<@Nullable Object> arguments) {
    int to = text.length();
    while (to > 0 && strips(text.charAt(to - 1), arguments)) {
      to--;
    }
    return text.substring(0, to);
  }

  private static boolean strips(char each, List<@Nullable Object> arguments) {
    return absent(arguments, 0) ? isSpace(each) : text(arguments, 0).indexOf(each) >= 0;
  }

  /** To Python more is a space than to Java. */
  private static boolean isSpace(char each) {
    return Character.isWhitespace(each) || Character.isSpaceChar(each) || each == '\u0085';
  }

  private static PyList split(String text, List<@Nullable Object> arguments) {
    int most = number(arguments, 1);
    return new PyList(
        new ArrayList<>(
            absent(arguments, 0) ? words(text, most) : pieces(text, text(arguments, 0), most)));
  }

  private static PyList splitFromEnd(String text, List<@Nullable Object> arguments) {
    String backwards = new StringBuilder(text).reverse().toString();
    List<@Nullable Object> turned = new ArrayList<>(arguments);
    if (!absent(arguments, 0)) {
      turned.set(0, new StringBuilder(text(arguments, 0)).reverse().toString());
    }
    PyList all = split(backwards, turned);
    all.replaceAll(each -> new StringBuilder(String.valueOf(each)).reverse().toString());
    all.reverse();
    return all;
  }

  private static List<String> words(String text, int most) {
    List<String> words = new ArrayList<>();
    String rest = stripStart(text, List.of());
    while (!rest.isEmpty() && words.size() < most) {
      int to = 0;
      while (to < rest.length() && !isSpace(rest.charAt(to))) {
        to++;
      }
      words.add(rest.substring(0, to));
      rest = stripStart(rest.substring(to), List.of());
    }
    if (!rest.isEmpty()) {
      words.add(rest);
    }
    return words;
  }

  private static List<String> pieces(String text, String separator, int most) {
    if (separator.isEmpty()) {
      throw new ELException("nothing separates no texts");
    }
    List<String> pieces = new ArrayList<>();
    int from = 0;
    int to = text.indexOf(separator);
    while (to >= 0 && pieces.size() < most) {
      pieces.add(text.substring(from, to));
      from = to + separator.length();
      to = text.indexOf(separator, from);
    }
    pieces.add(text.substring(from));
    return pieces;
  }

  private String replace(String text, List<@Nullable Object> arguments) {
    return join(text(arguments, 1), pieces(text, text(arguments, 0), number(arguments, 2)));
  }

  private String join(String between, List<String> texts) {
    long length = (long) between.length() * texts.size();
    for (String each : texts) {
      length += each.length();
    }
    if (length > longest) {
      throw new ELException("a text grows too long");
    }
    return String.join(between, texts);
  }

  private static String capitalize(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT)
            + text.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String title(String text) {
    StringBuilder titled = new StringBuilder(text.length());
    boolean within = false;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      titled.append(within ? Character.toLowerCase(each) : Character.toTitleCase(each));
      within = Character.isLetter(each);
    }
    return titled.toString();
  }

  private static boolean absent(List<@Nullable Object> arguments, int index) {
    return index >= arguments.size() || arguments.get(index) == null;
  }

  private static String text(List<@Nullable Object> arguments, int index) {
    if (index < arguments.size() && arguments.get(index) instanceof String text) {
      return text;
    }
    throw new ELException("a method of a text wants a text");
  }

  private static List<String> texts(List<@Nullable Object> arguments, int index) {
    if (index < arguments.size() && arguments.get(index) instanceof Collection<?> all) {
      return all.stream().map(String::valueOf).toList();
    }
    return List.of(text(arguments, index));
  }

  /** How many at most; Python takes a negative number for all. */
  private static int number(List<@Nullable Object> arguments, int index) {
    if (absent(arguments, index)) {
      return ALL;
    }
    if (arguments.get(index) instanceof Number number) {
      return number.intValue() < 0 ? ALL : number.intValue();
    }
    throw new ELException("a method of a text wants a number");
  }

  /** A text's only properties are its characters, counted from its end where below zero. */
  @Override
  public @Nullable Object getValue(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    if (!(base instanceof String text)) {
      return null;
    }
    context.setPropertyResolved(true);
    if (!INDEX.matcher(String.valueOf(property)).matches()) {
      return null;
    }
    int index = Integer.parseInt(String.valueOf(property));
    int at = index < 0 ? index + text.length() : index;
    return at >= 0 && at < text.length() ? text.substring(at, at + 1) : null;
  }

  // What follows is left to the resolvers after this one.

  @Override
  public @Nullable Class<?> getType(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    return null;
  }

  @Override
  public void setValue(
      ELContext context,
      @Nullable Object base,
      @Nullable Object property,
      @Nullable Object value) {}

  @Override
  public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
    return true;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(
      ELContext context, @Nullable Object base) {
    return Collections.emptyIterator();
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
    return Object.class;
  }
}
