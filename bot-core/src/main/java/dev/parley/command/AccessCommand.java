package dev.parley.command;

import dev.parley.format.Markdown;
import dev.parley.format.Visible;
import dev.parley.language.Excerpt;
import dev.parley.person.BlockList;
import dev.parley.person.KnownPerson;
import dev.parley.person.People;
import dev.parley.person.Places;
import dev.parley.platform.Button;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Option;
import dev.parley.platform.Completion;
import dev.parley.platform.Person;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Response;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.usage.UsageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code /access}: whom Parley does not answer, for those who manage a place. It holds in
 * everything that lies in the outermost place: nobody blocked in a topic goes on in the next one.
 */
final class AccessCommand implements Command {
  private static final String NAME = "access";
  private static final String ACTION = "action";
  private static final String PERSON = "person";
  private static final String BLOCK = "block";
  private static final String UNBLOCK = "unblock";
  private static final String CHOOSE = "choose";

  /** Most people in a list: more is no list to read. Others are named by their numbers. */
  private static final int LISTED = 20;

  private static final int LABEL = 30;

  private final BlockList blocked;
  private final People people;
  private final Places places;
  private final Settings settings;
  private final UsageStore usage;

  AccessCommand(
      BlockList blocked, People people, Places places, Settings settings, UsageStore usage) {
    this.blocked = blocked;
    this.people = people;
    this.places = places;
    this.settings = settings;
    this.usage = usage;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.forAdmins(
        NAME, Option.optional(ACTION, BLOCK, UNBLOCK), Option.optional(PERSON));
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    if (!asker.manages()) {
      return onlyForAdmins(asker);
    }
    String number = options.getOrDefault(PERSON, "").strip();
    return switch (options.getOrDefault(ACTION, "")) {
      case BLOCK ->
          asker.subject().isPresent()
              ? block(asker, asker.subject().get())
              : number.isEmpty() ? choose(asker) : block(asker, number);
      case UNBLOCK ->
          unblock(asker, asker.subject().map(Person::id).map(PersonId::id).orElse(number));
      default -> panel(asker);
    };
  }

  /** Who can be blocked, or not any more. */
  @Override
  public Stream<Completion> complete(Asker asker, Map<String, String> options, String option) {
    if (!asker.manages() || !option.equals(PERSON)) {
      return Stream.empty();
    }
    List<PersonId> people =
        options.getOrDefault(ACTION, "").equals(UNBLOCK)
            ? List.copyOf(blocked.of(whole(asker)))
            : lately(asker);
    return known(people).stream()
        .map(
            person ->
                new Completion(
                    person.id().id(),
                    asker
                        .texts()
                        .say(
                            "access.choice",
                            Visible.isolated(Excerpt.of(person.name(), LABEL)),
                            person.id().id())));
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    if (!asker.manages()) {
      return onlyForAdmins(asker);
    }
    return switch (Words.get(words, 0)) {
      case "" -> panel(asker);
      case CHOOSE -> choose(asker);
      case BLOCK -> block(asker, Words.get(words, 1));
      case UNBLOCK -> unblock(asker, Words.get(words, 1));
      default -> asker.say("button.old");
    };
  }

  private static Response onlyForAdmins(Asker asker) {
    return asker.say(
        asker.place().kind() == Place.Kind.PRIVATE ? "access.private" : "access.only-admins");
  }

  /** Who is blocked, each with a button to take it back. */
  private Response panel(Asker asker) {
    Set<PersonId> all = blocked.of(whole(asker));
    List<KnownPerson> listed = known(all.stream().limit(LISTED).toList());
    StringBuilder text = new StringBuilder();
    text.append(asker.texts().say(all.isEmpty() ? "access.nobody" : "access.heading"));
    for (KnownPerson person : listed) {
      text.append('\n').append(asker.texts().say("access.line", name(person), person.id().id()));
    }
    if (all.size() > LISTED) {
      text.append('\n').append(asker.texts().say("access.more", all.size() - LISTED));
    }
    List<List<Button>> buttons = new ArrayList<>();
    for (KnownPerson person : listed) {
      buttons.add(List.of(button(asker, "access.unblock", UNBLOCK, person)));
    }
    buttons.add(List.of(asker.button("access.block", NAME, CHOOSE)));
    if (settings.worksIn(Setting.ALLOWED_ROLES, asker.place().id())) {
      text.append("\n\n").append(roles(asker));
      buttons.add(
          List.of(
              setting(asker, Setting.ALLOWED_ROLES),
              setting(asker, Setting.BLOCKED_ROLES),
              setting(asker, Setting.ANSWER_MODE)));
    }
    return Response.of(text.append("\n\n").append(asker.texts().say("access.how")).toString())
        .withButtons(buttons);
  }

  /** Whose roles let them in here and whose do not. */
  private String roles(Asker asker) {
    Set<String> allowed = settings.resolve(Setting.ALLOWED_ROLES, whole(asker)).value();
    Set<String> shut = settings.resolve(Setting.BLOCKED_ROLES, whole(asker)).value();
    return asker
        .texts()
        .say(
            "access.roles",
            allowed.isEmpty() ? asker.texts().say("value.everybody") : names(allowed),
            shut.isEmpty() ? asker.texts().say("value.nobody") : names(shut));
  }

  private static String names(Set<String> roles) {
    return Markdown.name(String.join(", ", roles));
  }

  private static Button setting(Asker asker, Setting<?> setting) {
    return new Button(
        Asker.id(SettingsCommand.WHOLE_PANEL, setting.key()),
        asker.texts().say("setting." + setting.key()));
  }

  /** Who asked lately, each with a button to block them. */
  private Response choose(Asker asker) {
    List<PersonId> lately = lately(asker);
    List<List<Button>> buttons = new ArrayList<>();
    for (KnownPerson person : known(lately)) {
      buttons.add(List.of(button(asker, "access.choice", BLOCK, person)));
    }
    buttons.add(List.of(asker.button("button.back", NAME)));
    return asker
        .say(lately.isEmpty() ? "access.choose.nobody" : "access.choose")
        .withButtons(buttons);
  }

  private List<PersonId> lately(Asker asker) {
    PlaceId whole = whole(asker);
    return usage.lately(whole, LISTED + blocked.of(whole).size() + 1).stream()
        .filter(id -> !id.equals(asker.person().id()))
        .filter(id -> !blocked.of(whole).contains(id))
        .limit(LISTED)
        .toList();
  }

  /** Only who asked here: whom else Parley knows is nobody's business. */
  private Response block(Asker asker, String number) {
    return id(asker, number)
        .filter(id -> usage.hasAsked(id, whole(asker)))
        .flatMap(people::find)
        .map(person -> block(asker, person))
        .orElseGet(() -> asker.say("access.unknown"));
  }

  private Response block(Asker asker, Person subject) {
    if (subject.placeAdmin() && !subject.id().equals(asker.person().id())) {
      return asker.say("access.admin", Markdown.name(subject.name()));
    }
    // who is known keeps the language that their own messages told
    return block(asker, people.find(subject.id()).orElseGet(() -> people.meet(subject)));
  }

  private Response block(Asker asker, KnownPerson person) {
    if (person.id().equals(asker.person().id())) {
      return asker.say("access.yourself");
    }
    PlaceId whole = whole(asker);
    if (places.find(whole).isEmpty()) { // only a part of it was ever spoken in
      places.visit(new Place(whole, Place.Kind.GROUP, Optional.empty(), asker.place().name()));
    }
    blocked.block(whole, person.id());
    return after(asker, "access.is-blocked", person);
  }

  private Response unblock(Asker asker, String number) {
    PlaceId whole = whole(asker);
    if (number.isEmpty()) {
      return panel(asker);
    }
    return id(asker, number)
        .filter(blocked.of(whole)::contains)
        .flatMap(people::find)
        .map(
            person -> {
              blocked.unblock(whole, person.id());
              return after(asker, "access.is-unblocked", person);
            })
        .orElseGet(() -> asker.say("access.not-blocked"));
  }

  private Response after(Asker asker, String key, KnownPerson person) {
    Response panel = panel(asker);
    return Response.of(asker.texts().say(key, name(person)) + "\n\n" + panel.text())
        .withButtons(panel.buttons());
  }

  private PlaceId whole(Asker asker) {
    return places.withParents(asker.place().id()).getLast();
  }

  private List<KnownPerson> known(List<PersonId> ids) {
    return ids.stream().flatMap(id -> people.find(id).stream()).toList();
  }

  private static Optional<PersonId> id(Asker asker, String number) {
    return number.isBlank()
        ? Optional.empty()
        : Optional.of(new PersonId(asker.place().id().platform(), number));
  }

  /** Names can be forged, numbers cannot: where it matters both are shown. */
  private static String name(KnownPerson person) {
    return Markdown.name(person.name());
  }

  private static Button button(Asker asker, String labelKey, String action, KnownPerson person) {
    return new Button(
        Asker.id(NAME, action, person.id().id()),
        asker
            .texts()
            .say(labelKey, Visible.isolated(Excerpt.of(person.name(), LABEL)), person.id().id()));
  }
}
