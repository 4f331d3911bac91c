package dev.parley.command;

import dev.parley.chat.Answering;
import dev.parley.chat.Languages;
import dev.parley.format.Markdown;
import dev.parley.language.Excerpt;
import dev.parley.language.Texts;
import dev.parley.moderation.Case;
import dev.parley.moderation.CaseStore;
import dev.parley.moderation.Moderator;
import dev.parley.moderation.Side;
import dev.parley.person.KnownPerson;
import dev.parley.person.Operators;
import dev.parley.person.People;
import dev.parley.person.Places;
import dev.parley.platform.Button;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Response;
import dev.parley.settings.ModerationLevel;
import dev.parley.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /moderation}: what was objected to, for those who manage a place, or for operators what
 * was in private chats; and the appeal of whoever thinks otherwise.
 */
final class ModerationCommand implements Command {
  private static final String NAME = "moderation";

  /** Texts in a list: more is no list to read. */
  private static final int LISTED = 5;

  private static final int EXCERPT = 200;

  private final CaseStore cases;
  private final Moderator moderator;
  private final People people;
  private final Places places;
  private final Operators operators;
  private final Languages languages;
  private final Answering answering;

  ModerationCommand(
      CaseStore cases,
      Moderator moderator,
      People people,
      Places places,
      Operators operators,
      Languages languages,
      Answering answering) {
    this.cases = cases;
    this.moderator = moderator;
    this.people = people;
    this.places = places;
    this.operators = operators;
    this.languages = languages;
    this.answering = answering;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.forAdmins(NAME);
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    return judges(asker) ? panel(asker) : notForYou(asker);
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    String action = Words.get(words, 0);
    Optional<Case> named =
        Words.number(words, 1).stream().boxed().flatMap(id -> cases.find(id).stream()).findFirst();
    if (action.equals("appeal")) {
      return named.map(one -> appeal(asker, one)).orElseGet(() -> asker.say("button.old"));
    }
    if (!judges(asker)) {
      return notForYou(asker);
    }
    return switch (action) {
      case "" -> panel(asker);
      case "fine" -> decide(asker, named, true);
      case "right" -> decide(asker, named, false);
      default -> asker.say("button.old");
    };
  }

  /** Those of a group judge there; what is in private chats is the operator's. */
  private boolean judges(Asker asker) {
    return asker.place().kind() == Place.Kind.PRIVATE
        ? operators.contains(asker.person().id())
        : asker.manages();
  }

  private static Response notForYou(Asker asker) {
    return asker.say(
        asker.place().kind() == Place.Kind.PRIVATE ? "moderation.private" : "access.only-admins");
  }

  private Response appeal(Asker asker, Case one) {
    if (!one.person().equals(asker.person().id())) {
      return asker.say("moderation.not-yours");
    }
    return asker.say(cases.appeal(one.id()) ? "moderation.appealed" : "moderation.decided");
  }

  private Response panel(Asker asker) {
    boolean alone = asker.place().kind() == Place.Kind.PRIVATE;
    List<Case> open = alone ? cases.openInPrivate(LISTED) : cases.open(whole(asker), LISTED);
    ModerationLevel level = moderator.level(asker.place().id());
    StringBuilder text = new StringBuilder();
    text.append(
        asker
            .texts()
            .say(
                "moderation.level",
                asker.texts().say("value.moderation." + level.name().toLowerCase(Locale.ROOT))));
    if (alone) { // only the configuration says so there
      text.append('\n').append(asker.texts().say("moderation.key"));
    }
    text.append('\n')
        .append(asker.texts().say(open.isEmpty() ? "moderation.nothing" : "moderation.heading"));
    List<List<Button>> buttons = new ArrayList<>();
    for (int i = 0; i < open.size(); i++) {
      text.append("\n\n").append(line(asker, i + 1, open.get(i)));
      buttons.add(
          List.of(
              button(asker, "moderation.fine", "fine", i + 1, open.get(i)),
              button(asker, "moderation.right", "right", i + 1, open.get(i))));
    }
    if (!alone) {
      buttons.add(
          List.of(
              setting(asker, Setting.MODERATION),
              setting(asker, Setting.ALLOWED_WORDS),
              setting(asker, Setting.BLOCKED_WORDS)));
    }
    return Response.of(text.toString()).withButtons(buttons);
  }

  /** Behind a spoiler: nobody is to read it by accident. */
  private String line(Asker asker, int number, Case one) {
    String name = people.find(one.person()).map(KnownPerson::name).orElse("");
    return asker
            .texts()
            .say(
                "moderation.line",
                number,
                Markdown.name(name),
                asker.texts().say("moderation.side." + one.side().key()),
                asker.texts().say("moderation.finding." + one.finding().key()),
                asker.texts().say(one.blocked() ? "moderation.blocked" : "moderation.marked"))
        + (one.appealed() ? " " + asker.texts().say("moderation.with-appeal") : "")
        + "\n||"
        + Markdown.name(Excerpt.of(one.text(), EXCERPT))
        + "||";
  }

  private Response decide(Asker asker, Optional<Case> named, boolean fine) {
    Optional<Case> mine = named.filter(one -> isMine(asker, one.place()));
    if (mine.isEmpty()) {
      return asker.say("button.old");
    }
    Case one = mine.get();
    if (cases.decide(one.id(), fine) && fine && one.blocked()) {
      answering.notices().say(one.place(), released(one));
    }
    return panel(asker);
  }

  private boolean isMine(Asker asker, PlaceId place) {
    return asker.place().kind() == Place.Kind.PRIVATE
        ? places.find(place).filter(known -> known.kind() == Place.Kind.PRIVATE).isPresent()
        : places.withParents(place).contains(whole(asker));
  }

  /** In the language of whom it is for, which need not be that of who decided. */
  private String released(Case one) {
    Texts texts = languages.of(one.person(), one.place());
    String name = people.find(one.person()).map(KnownPerson::name).orElse("");
    return one.side() == Side.QUESTION
        ? texts.say(
            "moderation.released.question",
            Markdown.name(name),
            Markdown.name(Excerpt.of(one.text(), EXCERPT)))
        : texts.say("moderation.released.answer", Markdown.name(name)) + "\n\n" + one.text();
  }

  private PlaceId whole(Asker asker) {
    return places.withParents(asker.place().id()).getLast();
  }

  private static Button button(Asker asker, String labelKey, String action, int number, Case one) {
    return new Button(Asker.id(NAME, action, one.id()), asker.texts().say(labelKey, number));
  }

  private static Button setting(Asker asker, Setting<?> setting) {
    return new Button(
        Asker.id(SettingsCommand.WHOLE_PANEL, setting.key()),
        asker.texts().say("setting." + setting.key()));
  }
}
