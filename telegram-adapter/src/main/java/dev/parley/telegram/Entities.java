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
import org.telegram.telegrambots.meta.api.objects.MessageEntity;

/**
 * Styles as Telegram's message entities.
 *
 * @see <a href="https://core.telegram.org/bots/api#messageentity">MessageEntity</a>
 */
final class Entities {
  /** A quote longer than this is shown folded. */
  private static final int LONG_QUOTE = 600;

  private Entities() {}

  /** In the order of their beginnings; code holds no other entity and lies in none but a quote. */
  static List<MessageEntity> of(FormattedText text) {
    List<Span> code = text.spans().stream().filter(Entities::isCode).toList();
    List<Span> allowed = new ArrayList<>(code);
    for (Span span : text.spans()) {
      if (span.style() == Mark.QUOTE) {
        allowed.add(span);
      } else if (!isCode(span)) {
        outside(code, span, allowed);
      }
    }
    allowed.sort(
        Comparator.comparingInt(Span::start)
            .thenComparing(Comparator.comparingInt(Span::end).reversed())
            .thenComparing(Entities::isCode)); // a quote of code holds the code
    return allowed.stream().limit(Limits.ENTITIES).map(Entities::of).toList();
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
