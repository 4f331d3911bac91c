package dev.parley.format;

import dev.parley.format.FormattedText.Span;
import dev.parley.format.Style.CodeBlock;
import dev.parley.format.Style.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;

/**
 * Writes the blocks of one document as text and spans. The parser bounds how deep they lie in each
 * other. Used once, by one thread.
 */
final class Formatter {
  private static final String RULE = "———";
  private static final String INDENT = "  ";
  private static final String PARAGRAPH = "\n\n";

  private final StringBuilder text = new StringBuilder();
  private final List<Span> spans = new ArrayList<>();

  /** What a line within a list's item begins with. */
  private String indent = "";

  private boolean quoted;

  FormattedText format(Node document) {
    blocks(document, PARAGRAPH);
    return stripped();
  }

  private void blocks(Node parent, String between) {
    for (Node block = parent.getFirstChild(); block != null; block = block.getNext()) {
      if (block.getPrevious() != null) {
        text.append(between);
        text.append(block instanceof ListBlock ? "" : indent);
      }
      int start = text.length();
      switch (block) {
        case ListBlock list -> items(list, block.getPrevious() != null);
        case BlockQuote quote -> quote(quote);
        case Heading heading -> {
          inlines(heading);
          span(start, new Style.Heading(heading.getLevel()));
        }
        case FencedCodeBlock code -> code(code.getLiteral(), language(code.getInfo()));
        case IndentedCodeBlock code -> code(code.getLiteral(), "");
        case TableBlock table -> code(Table.of(table).text(), "");
        case ThematicBreak _ -> text.append(RULE);
        case HtmlBlock html -> text.append(html.getLiteral());
        case LinkReferenceDefinition link ->
            text.append('[').append(link.getLabel()).append("]: ").append(link.getDestination());
        default -> inlines(block);
      }
    }
  }

  /**
   * Writes a list.
   *
   * @param ownLine whether it begins on a line of its own, rather than beside the mark of an item
   */
  private void items(ListBlock list, boolean ownLine) {
    String outer = indent;
    String between = list.isTight() ? "\n" : PARAGRAPH;
    int number =
        list instanceof OrderedList ordered
            ? Optional.ofNullable(ordered.getMarkerStartNumber()).orElse(1)
            : 0;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      if (item.getPrevious() != null) {
        text.append(between);
      }
      text.append(item.getPrevious() != null || ownLine ? outer : "");
      text.append(list instanceof OrderedList ordered ? number++ + delimiter(ordered) : "• ");
      indent = outer + INDENT;
      blocks(item, between);
    }
    indent = outer;
  }

  private static String delimiter(OrderedList list) {
    return Optional.ofNullable(list.getMarkerDelimiter()).orElse(".") + " ";
  }

  private void quote(BlockQuote quote) {
    int start = text.length();
    boolean outermost = !quoted;
    quoted = true;
    blocks(quote, PARAGRAPH);
    if (outermost) {
      quoted = false;
      span(start, Mark.QUOTE);
    }
  }

  private void code(String lines, String language) {
    int start = text.length();
    text.append(lines.stripTrailing());
    span(start, new CodeBlock(language));
  }

  private void inlines(Node block) {
    new InlineFormatter(text, spans, indent).format(block);
  }

  private void span(int start, Style style) {
    if (start < text.length()) {
      spans.add(new Span(start, text.length(), style));
    }
  }

  private static String language(@Nullable String info) {
    return info == null ? "" : info.strip().split("\\s+", 2)[0];
  }

  /** Without blank lines before and white space after it, the outer spans first. */
  private FormattedText stripped() {
    List<Span> ordered = new ArrayList<>(spans);
    ordered.sort(
        Comparator.comparingInt(Span::start)
            .thenComparing(Comparator.comparingInt(Span::end).reversed()));
    return new FormattedText(text.toString(), ordered).stripped();
  }
}
