package dev.parley.command;

import dev.parley.chat.Answering;
import dev.parley.conversation.Conversation;
import dev.parley.conversation.ConversationId;
import dev.parley.conversation.ConversationStore;
import dev.parley.conversation.History;
import dev.parley.conversation.MarkdownExport;
import dev.parley.conversation.MessageSearch;
import dev.parley.conversation.MessageTree;
import dev.parley.conversation.Page;
import dev.parley.format.Markdown;
import dev.parley.language.Excerpt;
import dev.parley.platform.Button;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Option;
import dev.parley.platform.Completion;
import dev.parley.platform.Form;
import dev.parley.platform.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code /history}: lists, searches, opens, renames, exports and deletes one's conversations here.
 */
final class HistoryCommand implements Command {
  private static final String NAME = "history";
  private static final String SEARCH = "search";
  private static final String TITLE = "title";
  private static final int PAGE_SIZE = 5;
  private static final int MOST_TITLE_LENGTH = 80;
  private static final int EXCERPT = 80;

  /** Titles looked through while one is typed. */
  private static final int COMPLETED = 200;

  /** Before the number of a conversation that was chosen by its title. */
  private static final String NUMBER = "#";

  private static final String NUMBERED = NUMBER + "[0-9]{1,18}";

  private final ConversationStore conversations;
  private final MessageTree tree;
  private final History history;
  private final MessageSearch search;
  private final Answering answering;
  private final ZoneId zone;
  private final InstantSource clock;

  HistoryCommand(
      ConversationStore conversations,
      MessageTree tree,
      History history,
      MessageSearch search,
      Answering answering,
      ZoneId zone,
      InstantSource clock) {
    this.conversations = conversations;
    this.tree = tree;
    this.history = history;
    this.search = search;
    this.answering = answering;
    this.zone = zone;
    this.clock = clock;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of(NAME, Option.optional(SEARCH));
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    String words = options.getOrDefault(SEARCH, "").strip();
    Optional<Conversation> chosen =
        words.matches(NUMBERED)
            ? conversations.find(
                asker.owner(), new ConversationId(Long.parseLong(words.substring(1))))
            : Optional.empty();
    return chosen
        .map(conversation -> choices(asker, conversation))
        .orElseGet(() -> words.isEmpty() ? page(asker, 0) : found(asker, words));
  }

  /** By their titles; who wants words in them types on. */
  @Override
  public Stream<Completion> complete(Asker asker, Map<String, String> options, String option) {
    return history.list(asker.owner(), 0, COMPLETED).items().stream()
        .map(
            line ->
                new Completion(
                    NUMBER + line.conversation().id().value(),
                    Excerpt.of(title(line), MOST_TITLE_LENGTH)));
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    OptionalLong number = Words.number(words, 1);
    String action = Words.get(words, 0);
    if (action.equals(SEARCH)) {
      return Response.nothing().withForm(form(asker, SEARCH, "history.search.title", ""));
    }
    if (number.isEmpty()) {
      return asker.say("button.old");
    }
    if (action.equals("page")) {
      return page(asker, (int) Math.min(number.getAsLong(), Integer.MAX_VALUE));
    }
    return conversations
        .find(asker.owner(), new ConversationId(number.getAsLong()))
        .map(conversation -> act(asker, action, conversation))
        .orElseGet(() -> asker.say("history.gone"));
  }

  @Override
  public Response submit(Asker asker, List<String> words, Map<String, String> values) {
    if (Words.get(words, 0).equals(SEARCH)) {
      return found(asker, values.getOrDefault(SEARCH, "").strip());
    }
    OptionalLong id = Words.number(words, 1);
    String title = Excerpt.of(values.getOrDefault(TITLE, ""), MOST_TITLE_LENGTH);
    Optional<Conversation> conversation =
        id.isPresent()
            ? conversations.find(asker.owner(), new ConversationId(id.getAsLong()))
            : Optional.empty();
    if (conversation.isEmpty() || title.isEmpty()) {
      return asker.say("history.gone");
    }
    conversations.rename(conversation.get().id(), title);
    return asker.say("history.renamed", Markdown.name(title));
  }

  private Response act(Asker asker, String action, Conversation conversation) {
    return switch (action) {
      case "choose" -> choices(asker, conversation);
      case "open" -> open(asker, conversation);
      case "rename" ->
          Response.nothing()
              .withForm(
                  form(
                      asker,
                      Asker.id("rename", conversation.id().value()),
                      "history.rename.title",
                      conversation.title().orElse("")));
      case "export" -> export(asker, conversation);
      case "delete" ->
          asker
              .say("history.delete.sure", Markdown.name(title(asker, conversation)))
              .withButtons(
                  List.of(
                      List.of(
                          asker.button(
                              "button.delete", NAME, "really-delete", conversation.id().value()),
                          asker.button("button.no", NAME, "choose", conversation.id().value()))));
      case "really-delete" -> {
        answering.stopAnswersIn(conversation.id());
        conversations.delete(conversation.id());
        yield asker.say("history.deleted", Markdown.name(title(asker, conversation)));
      }
      default -> asker.say("button.old");
    };
  }

  private Response page(Asker asker, int number) {
    Page<History.Line> page = history.list(asker.owner(), number, PAGE_SIZE);
    if (page.total() == 0) {
      return asker.say("history.empty");
    }
    StringBuilder text =
        new StringBuilder(asker.texts().say("history.heading", number + 1, page.count()));
    List<Button> choose = new ArrayList<>();
    IntStream.range(0, page.items().size())
        .forEach(
            i -> {
              History.Line line = page.items().get(i);
              text.append('\n').append(line(asker, i + 1, line));
              choose.add(
                  new Button(
                      Asker.id(NAME, "choose", line.conversation().id().value()),
                      String.valueOf(i + 1),
                      Optional.of(Excerpt.of(title(line), MOST_TITLE_LENGTH))));
            });
    List<Button> walk = new ArrayList<>();
    if (number > 0) {
      walk.add(new Button(Asker.id(NAME, "page", number - 1), "‹"));
    }
    if (number + 1 < page.count()) {
      walk.add(new Button(Asker.id(NAME, "page", number + 1), "›"));
    }
    walk.add(asker.button("button.search", NAME, SEARCH));
    return Response.of(text.toString()).withButtons(List.of(choose, walk));
  }

  private String line(Asker asker, int number, History.Line line) {
    Conversation conversation = line.conversation();
    return asker
        .texts()
        .say(
            "history.line",
            number,
            Markdown.name(title(line)),
            day(asker, conversation.usedAt()),
            line.messages());
  }

  private static String title(History.Line line) {
    return line.conversation().title().orElseGet(() -> Excerpt.of(line.beginning(), EXCERPT));
  }

  /** Today, a day of the last week by its name, or a date. */
  private String day(Asker asker, Instant instant) {
    ZonedDateTime day = instant.atZone(zone);
    long ago =
        ChronoUnit.DAYS.between(day.toLocalDate(), LocalDate.ofInstant(clock.instant(), zone));
    if (ago <= 0) {
      return asker.texts().say("day.today");
    }
    return asker.texts().say(ago < 7 ? "day.weekday" : "day.date", day);
  }

  private Response found(Asker asker, String words) {
    Page<MessageSearch.Hit> hits = search.search(asker.owner(), words, 0, PAGE_SIZE);
    if (hits.total() == 0) {
      return asker.say("history.nothing-found", Markdown.name(words));
    }
    StringBuilder text =
        new StringBuilder(asker.texts().say("history.found", hits.total(), Markdown.name(words)));
    List<Button> choose = new ArrayList<>();
    for (int i = 0; i < hits.items().size(); i++) {
      MessageSearch.Hit hit = hits.items().get(i);
      text.append('\n')
          .append(i + 1)
          .append(". ")
          .append(Markdown.name(Excerpt.of(hit.excerpt(), 2 * EXCERPT)));
      choose.add(
          new Button(
              Asker.id(NAME, "choose", hit.conversation().id().value()), String.valueOf(i + 1)));
    }
    return Response.of(text.toString()).withButtons(List.of(choose));
  }

  private Response choices(Asker asker, Conversation conversation) {
    long id = conversation.id().value();
    return Response.of("**" + Markdown.name(title(asker, conversation)) + "**")
        .withButtons(
            List.of(
                List.of(
                    asker.button("button.open", NAME, "open", id),
                    asker.button("button.rename", NAME, "rename", id),
                    asker.button("button.export", NAME, "export", id),
                    asker.button("button.delete", NAME, "delete", id))));
  }

  private Response open(Asker asker, Conversation conversation) {
    conversations.resume(asker.owner(), conversation.id());
    String last =
        tree.activePath(conversation.id()).reversed().stream()
            .filter(message -> !message.text().isEmpty())
            .findFirst()
            .map(message -> lastWords(message.text()))
            .orElse("");
    return asker.say("history.opened", Markdown.name(last));
  }

  /** The end of a text, from a word's beginning. */
  private static String lastWords(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    if (line.length() <= EXCERPT) {
      return line;
    }
    String end = line.substring(line.offsetByCodePoints(line.length(), -EXCERPT / 2));
    return "…" + end.substring(Math.max(0, end.indexOf(' '))).strip();
  }

  private Response export(Asker asker, Conversation conversation) {
    String markdown =
        MarkdownExport.of(
            title(asker, conversation),
            tree.activePath(conversation.id()),
            asker.texts().say("history.export.assistant"),
            zone);
    return asker
        .say("history.exported")
        .withFile(
            asker.file(
                "conversation-" + conversation.id().value() + ".md",
                markdown.getBytes(StandardCharsets.UTF_8)));
  }

  private String title(Asker asker, Conversation conversation) {
    return conversation
        .title()
        .orElseGet(
            () ->
                tree.activePath(conversation.id()).stream()
                    .findFirst()
                    .map(message -> Excerpt.of(message.text(), EXCERPT))
                    .orElse(asker.texts().say("history.untitled")));
  }

  private static Form form(Asker asker, String words, String titleKey, String value) {
    String field = words.equals(SEARCH) ? SEARCH : TITLE;
    return new Form(
        Asker.id(NAME, words),
        asker.texts().say(titleKey),
        List.of(
            new Form.Field(
                field, asker.texts().say("history.field." + field), value, MOST_TITLE_LENGTH)));
  }
}
