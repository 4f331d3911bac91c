package dev.parley.telegram;

import dev.parley.format.FormattedText;
import dev.parley.format.FormattedText.Span;
import dev.parley.format.Style.CodeBlock;
import dev.parley.format.Style.Heading;
import dev.parley.format.Style.Link;
import dev.parley.format.Style.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

/**
 * Styles as Telegram's message entities. Telegram looks for more in the text itself: it tells
 * whoever is mentioned, and links invitations and its own addresses. None of that is meant, so it
 * stands as code, where Telegram looks for nothing.
 *
 * @see <a href="https://core.telegram.org/bots/api#messageentity">MessageEntity</a>
 */
final class Entities {
  /** A quote longer than this is shown folded. */
  private static final int LONG_QUOTE = 600;

  private static final String INVITING =
      "(?:t|telegram)\\.(?:me|dog)(?::\\d+)?/+(?:\\+|%2B|joinchat)|tg://";

  private static final Pattern INVITATION = Pattern.compile(INVITING, Pattern.CASE_INSENSITIVE);

  /**
   * What Telegram would take for somebody, with an address that begins in the name, or for the way
   * to somewhere of its own.
   */
  private static final Pattern CALL =
      Pattern.compile(
          "(?<!\\w)@\\w{3,}(?:(?::/|/|\\.\\w)[^\\s<>]*)?"
              + "|(?:https?://)?(?:\\w+\\.)?(?:"
              + INVITING
              + ")[^\\s<>]*",
          Pattern.CASE_INSENSITIVE);

  private Entities() {}

  /**
   * In the order of their beginnings; code holds no other entity and lies in none but a quote.
   * Where there are more than a message may have, styles are left out, never what is to be code.
   */
  static List<MessageEntity> of(FormattedText text) {
    List<Span> code = code(text);
    List<Span> allowed = new ArrayList<>(code);
    List<Span> styles = new ArrayList<>();
    for (Span span : text.spans()) {
      if (span.style() == Mark.QUOTE) {
        styles.add(span);
      } else if (!isCode(span) && !invites(span)) {
        outside(code, span, styles);
      }
    }
    styles.stream().limit(Limits.ENTITIES - code.size()).forEach(allowed::add);
    allowed.sort(
        Comparator.comparingInt(Span::start)
            .thenComparing(Comparator.comparingInt(Span::end).reversed())
            .thenComparing(Entities::isCode)); // a quote of code holds the code
    return allowed.stream().map(Entities::of).toList();
  }

  /** In order and apart; where there would be too much, the last goes on to the end. */
  private static List<Span> code(FormattedText text) {
    List<Span> code = new ArrayList<>(text.spans().stream().filter(Entities::isCode).toList());
    List<Span> written = List.copyOf(code);
    CALL.matcher(text.text())
        .results()
        .forEach(call -> outside(written, new Span(call.start(), call.end(), Mark.CODE), code));
    code.sort(Comparator.comparingInt(Span::start));
    if (code.size() <= Limits.ENTITIES) {
      return code;
    }
    Span last = code.get(Limits.ENTITIES - 1);
    List<Span> most = new ArrayList<>(code.subList(0, Limits.ENTITIES - 1));
    most.add(new Span(last.start(), text.text().length(), Mark.CODE));
    return most;
  }

  private static boolean invites(Span span) {
    return span.style() instanceof Link link && INVITATION.matcher(link.url()).find();
  }

  private static boolean isCode(Span span) {
    return span.style() == Mark.CODE || span.style() instanceof CodeBlock;
  }

  /** What of a span lies beside all code, which is in order and apart. */
  private static void outside(List<Span> code, Span span, List<Span> pieces) {
    int from = span.start();
    for (Span hole : code) {
      if (hole.start() < span.end() && hole.end() > from) {
        if (hole.start() > from) {
          pieces.add(new Span(from, hole.start(), span.style()));
        }
        from = Math.max(from, hole.end());
      }
    }
    if (from < span.end()) {
      pieces.add(new Span(from, span.end(), span.style()));
    }
  }

  private static MessageEntity of(Span span) {
    MessageEntity entity = new MessageEntity(type(span), span.start(), span.end() - span.start());
    switch (span.style()) {
      case Mark _, Heading _ -> {}
      case CodeBlock code -> {
        if (!code.language().isEmpty()) {
          entity.setLanguage(code.language());
        }
      }
      case Link link -> entity.setUrl(link.url());
    }
    return entity;
  }

  private static String type(Span span) {
    return switch (span.style()) {
      case CodeBlock _ -> "pre";
      case Link _ -> "text_link";
      case Heading _ -> "bold";
      case Mark mark ->
          switch (mark) {
            case BOLD -> "bold";
            case ITALIC -> "italic";
            case STRIKETHROUGH -> "strikethrough";
            case SPOILER -> "spoiler";
            case CODE -> "code";
            case QUOTE ->
                span.end() - span.start() > LONG_QUOTE ? "expandable_blockquote" : "blockquote";
          };
    };
  }
}
