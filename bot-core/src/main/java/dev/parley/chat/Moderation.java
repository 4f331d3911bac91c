package dev.parley.chat;

import dev.parley.language.Texts;
import dev.parley.moderation.CaseStore;
import dev.parley.moderation.Finding;
import dev.parley.moderation.Moderator;
import dev.parley.moderation.Side;
import dev.parley.platform.Button;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.settings.ModerationLevel;
import java.util.List;
import java.util.Optional;

/**
 * What people read where a question or an answer is objected to, and what the admins' list keeps of
 * it: not where somebody may want to hurt themselves, as nobody is to be accused of that.
 * Thread-safe.
 */
public final class Moderation {
  private final Moderator moderator;
  private final CaseStore cases;

  public Moderation(Moderator moderator, CaseStore cases) {
    this.moderator = moderator;
    this.cases = cases;
  }

  /**
   * An objection, as it is said.
   *
   * @param blocks whether the text is kept back
   * @param says what is said of it
   * @param buttons the way to the admins
   */
  record Objection(boolean blocks, String says, List<List<Button>> buttons) {}

  /** Looks at a question; may take seconds where a second opinion is asked for. */
  Optional<Objection> question(PersonId person, PlaceId place, String text, Texts texts) {
    return look(place, text)
        .map(finding -> objection(person, place, Side.QUESTION, finding, text, texts));
  }

  /** Objects to an answer. */
  Objection answer(PersonId person, PlaceId place, Finding finding, String text, Texts texts) {
    return objection(person, place, Side.ANSWER, finding, text, texts);
  }

  /** Looks at a whole text where somebody wants that. */
  public Optional<Finding> look(PlaceId place, String text) {
    return text.isBlank() || moderator.level(place) == ModerationLevel.OFF
        ? Optional.empty()
        : moderator.look(place, text);
  }

  /** What looks at an answer while it grows; empty where nobody wants that. */
  Optional<GrowingText> growing(PlaceId place) {
    return switch (moderator.level(place)) {
      case OFF -> Optional.empty();
      case MARK -> Optional.of(new GrowingText(text -> moderator.glance(place, text), false));
      case BLOCK -> Optional.of(new GrowingText(text -> moderator.glance(place, text), true));
    };
  }

  /** Whether what is objected to is kept back. */
  boolean blocks(PlaceId place) {
    return moderator.level(place) == ModerationLevel.BLOCK;
  }

  private Objection objection(
      PersonId person, PlaceId place, Side side, Finding finding, String text, Texts texts) {
    boolean blocks = blocks(place);
    if (finding.selfHarm()) {
      return new Objection(blocks, texts.say("moderation.help-line"), List.of());
    }
    long id = cases.add(place, person, side, finding, blocks, text);
    String key =
        switch (side) {
          case QUESTION -> blocks ? "moderation.question.blocked" : "moderation.question.marked";
          case ANSWER -> blocks ? "moderation.answer.blocked" : "moderation.answer.marked";
        };
    return new Objection(
        blocks,
        texts.say(key, texts.say("moderation.finding." + finding.key())),
        List.of(List.of(new Button("moderation:appeal:" + id, texts.say("button.appeal")))));
  }
}
