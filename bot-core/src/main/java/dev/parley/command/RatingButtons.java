package dev.parley.command;

import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.model.Role;
import dev.parley.person.Operators;
import dev.parley.platform.Button;
import dev.parley.platform.Form;
import dev.parley.platform.PersonId;
import dev.parley.platform.Response;
import dev.parley.platform.Thumb;
import dev.parley.rating.RatingStore;
import dev.parley.rating.Reason;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.settings.Teachers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** 👍 and 👎 under an answer, and what was wrong with it. No command: there is nothing to type. */
final class RatingButtons implements ButtonHandler {
  static final String NAME = "rate";
  private static final String COMMENT = "comment";
  private static final String BETTER = "better";

  /** Characters of a text about an answer: as many as the smallest message of a platform holds. */
  private static final int LONGEST = 4_000;

  private final MessageTree tree;
  private final RatingStore ratings;
  private final Settings settings;
  private final Operators operators;
  private final NotYours notYours;

  RatingButtons(
      MessageTree tree,
      RatingStore ratings,
      Settings settings,
      Operators operators,
      NotYours notYours) {
    this.tree = tree;
    this.ratings = ratings;
    this.settings = settings;
    this.operators = operators;
    this.notYours = notYours;
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    return about(
        asker,
        words,
        answer ->
            switch (Words.get(words, 0)) {
              case "up" -> thumb(asker, answer, Thumb.UP, asker.say("rating.thanks"));
              case "down" -> thumb(asker, answer, Thumb.DOWN, whatWasWrong(asker, answer));
              case "reason" ->
                  Reason.of(Words.get(words, 2))
                      .map(reason -> because(asker, answer, reason))
                      .orElseGet(() -> asker.say("button.old"));
              case COMMENT -> Response.nothing().withForm(form(asker, COMMENT, answer));
              case BETTER ->
                  mayTeach(asker)
                      ? Response.nothing().withForm(form(asker, BETTER, answer))
                      : asker.say("rating.only-admins");
              default -> asker.say("button.old");
            });
  }

  @Override
  public Response submit(Asker asker, List<String> words, Map<String, String> values) {
    String field = Words.get(words, 0);
    String text = values.getOrDefault(field, "").strip();
    return about(asker, words, answer -> save(asker, answer, field, text));
  }

  /** Does something about the answer that an id names, where the asker may rate it. */
  private Response about(Asker asker, List<String> words, Function<MessageId, Response> then) {
    OptionalLong id = Words.number(words, 1);
    if (id.isEmpty()) {
      return asker.say("button.old");
    }
    MessageId pressed = new MessageId(id.getAsLong());
    Optional<Message> answer = tree.find(asker.owner(), pressed);
    if (answer.isEmpty()) {
      return notYours.answer(asker, pressed);
    }
    return answer.get().role() == Role.ASSISTANT && !answer.get().deleted()
        ? then.apply(pressed)
        : asker.say("button.old");
  }

  private Response thumb(Asker asker, MessageId answer, Thumb thumb, Response whereItStands) {
    return ratings.press(asker.eventId(), answer, asker.person().id(), thumb)
        ? whereItStands
        : asker.say("rating.taken-back");
  }

  private Response whatWasWrong(Asker asker, MessageId answer) {
    List<List<Button>> rows = new ArrayList<>();
    rows.add(
        List.of(reason(asker, answer, Reason.WRONG), reason(asker, answer, Reason.NOT_HELPFUL)));
    rows.add(
        List.of(
            reason(asker, answer, Reason.UNSAFE), reason(asker, answer, Reason.WRONG_LANGUAGE)));
    if (mayTeach(asker)) {
      rows.add(List.of(asker.button("button.better", NAME, BETTER, answer.value())));
    }
    return asker.say("rating.what-was-wrong").withButtons(rows);
  }

  private boolean mayTeach(Asker asker) {
    return asker.person().placeAdmin()
        || operators.contains(asker.person().id())
        || settings.resolve(Setting.TEACHERS, asker.place().id()).value() == Teachers.EVERYONE;
  }

  private static Button reason(Asker asker, MessageId answer, Reason reason) {
    return asker.button(
        "rating.reason." + reason.key(), NAME, "reason", answer.value(), reason.key());
  }

  private Response because(Asker asker, MessageId answer, Reason reason) {
    ratings.reason(answer, asker.person().id(), reason);
    return asker
        .say("rating.thanks")
        .withButtons(
            List.of(List.of(asker.button("button.say-more", NAME, COMMENT, answer.value()))));
  }

  private Response save(Asker asker, MessageId answer, String field, String text) {
    int length = text.codePointCount(0, text.length());
    if (length > LONGEST) {
      return asker.say("form.too-long", length, LONGEST).withForm(form(asker, field, answer));
    }
    if (text.isEmpty()) {
      return asker.say("form.cancelled");
    }
    PersonId person = asker.person().id();
    switch (field) {
      case COMMENT -> ratings.comment(answer, person, text);
      case BETTER -> {
        if (!mayTeach(asker)) {
          return asker.say("rating.only-admins");
        }
        ratings.better(answer, person, text);
      }
      default -> {
        return asker.say("button.old");
      }
    }
    return asker.say("rating.thanks");
  }

  private static Form form(Asker asker, String field, MessageId answer) {
    return new Form(
        Asker.id(NAME, field, answer.value()),
        asker.texts().say("rating.title"),
        List.of(new Form.Field(field, asker.texts().say("rating.question." + field), "", LONGEST)));
  }
}
