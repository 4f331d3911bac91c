package dev.parley.command;

import dev.parley.chat.Announcements;
import dev.parley.chat.Announcements.Progress;
import dev.parley.platform.Button;
import dev.parley.platform.Form;
import dev.parley.platform.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells everybody who asked something in private lately what an operator wrote, once that was shown
 * and confirmed by a button. What waits for that is kept in memory, the last one alone.
 */
final class OperatorAnnouncement implements OperatorTool {
  static final String NAME = "announce";

  private static final String WRITE = "write";
  private static final String NO = "no";
  private static final String TEXT = "text";

  /** In characters: with what stands around it, it is mostly one message on every platform. */
  private static final int LONGEST = 1_500;

  /** Whoever presses later has not read it just now. */
  private static final Duration KEPT = Duration.ofHours(1);

  private final Announcements announcements;
  private final InstantSource clock;

  private Optional<Draft> draft = Optional.empty(); // guarded by this
  private String begun = ""; // the id of the one that was announced last; guarded by this

  /**
   * What waits to be confirmed.
   *
   * @param id of its button; never the same again, also after a restart
   */
  private record Draft(String id, String text, Instant until) {}

  OperatorAnnouncement(Announcements announcements, InstantSource clock) {
    this.announcements = announcements;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Response use(Asker asker, String wanted) {
    return switch (wanted) {
      case "" -> standing(asker);
      case WRITE -> Response.nothing().withForm(form(asker, current().map(Draft::text).orElse("")));
      case NO -> {
        drop();
        yield standing(asker);
      }
      default -> announce(asker, wanted);
    };
  }

  @Override
  public Response write(Asker asker, String typed) {
    String text = typed.strip();
    if (text.isEmpty()) {
      return standing(asker);
    }
    int length = text.codePointCount(0, text.length());
    if (length > LONGEST) {
      String beginning = text.substring(0, text.offsetByCodePoints(0, LONGEST));
      return asker.say("form.too-long", length, LONGEST).withForm(form(asker, beginning));
    }
    int reach = announcements.reach();
    if (reach == 0) {
      return asker.say("operator.announce.nobody");
    }
    Draft shown = keep(text);
    return Response.of(
            asker.texts().say("operator.announce.sure", reach)
                + "\n\n"
                + Announcements.shown(asker.texts(), text))
        .withButtons(
            List.of(
                List.of(
                    asker.button("operator.button.send", OperatorCommand.NAME, NAME, shown.id()),
                    asker.button("operator.button.rewrite", OperatorCommand.NAME, NAME, WRITE),
                    asker.button("button.no", OperatorCommand.NAME, NAME, NO))));
  }

  /** Once, however often its button is pressed. */
  private synchronized Response announce(Asker asker, String id) {
    if (id.equals(begun)) {
      return standing(asker);
    }
    Optional<Draft> confirmed = current().filter(kept -> kept.id().equals(id));
    if (confirmed.isEmpty()) {
      return asker
          .say("operator.announce.gone")
          .withButtons(
              List.of(
                  List.of(
                      asker.button("operator.button.write", OperatorCommand.NAME, NAME, WRITE))));
    }
    if (!announcements.begin(confirmed.get().text())) {
      return asker
          .say("operator.announce.busy")
          .withButtons(
              List.of(
                  List.of(
                      asker.button("operator.button.send", OperatorCommand.NAME, NAME, id),
                      asker.button("button.no", OperatorCommand.NAME, NAME, NO))));
    }
    begun = id;
    draft = Optional.empty();
    return standing(asker);
  }

  private synchronized Draft keep(String text) {
    Draft kept = new Draft(UUID.randomUUID().toString(), text, clock.instant().plus(KEPT));
    draft = Optional.of(kept);
    return kept;
  }

  private synchronized void drop() {
    draft = Optional.empty();
  }

  private synchronized Optional<Draft> current() {
    return draft.filter(kept -> clock.instant().isBefore(kept.until()));
  }

  /** How far the last one came. */
  private Response standing(Asker asker) {
    Optional<Progress> last = announcements.progress();
    List<Button> buttons = new ArrayList<>();
    buttons.add(asker.button("operator.button.write", OperatorCommand.NAME, NAME, WRITE));
    if (last.isPresent()) {
      buttons.add(asker.button("operator.button.refresh", OperatorCommand.NAME, NAME));
    }
    buttons.add(asker.button("button.back", OperatorCommand.NAME));
    return last.map(
            now -> asker.say("operator.announce.progress", now.said(), now.failed(), now.left()))
        .orElseGet(() -> asker.say("operator.announce.none"))
        .withButtons(List.of(buttons));
  }

  private static Form form(Asker asker, String now) {
    return new Form(
        Asker.id(OperatorCommand.NAME, NAME),
        asker.texts().say("operator.announce.title"),
        List.of(
            new Form.Field(TEXT, asker.texts().say("operator.announce.question"), now, LONGEST)));
  }
}
