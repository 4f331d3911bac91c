package dev.parley.command;

import dev.parley.chat.Admission;
import dev.parley.chat.DailyLimits.Limit;
import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.platform.Feature;
import dev.parley.platform.Place;
import dev.parley.platform.Platform;
import dev.parley.platform.Response;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.usage.UsageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shows how many people there are, who and which places used the most today, and the budgets; only
 * where nobody else reads it.
 */
final class OperatorUsers implements OperatorTool {
  static final String NAME = "users";

  private static final int MONTH = 30;
  private static final int LISTED = 5;

  private final UsageStore usage;
  private final Admission admission;
  private final Settings settings;
  private final Map<String, Platform> platforms;

  /**
   * @param platforms by name
   */
  OperatorUsers(
      UsageStore usage, Admission admission, Settings settings, Map<String, Platform> platforms) {
    this.usage = usage;
    this.admission = admission;
    this.settings = settings;
    this.platforms = platforms;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Response use(Asker asker, String wanted) {
    return isAlone(asker.place())
        ? Response.of(text(asker.texts()))
            .withButtons(List.of(List.of(asker.button("button.back", OperatorCommand.NAME))))
        : asker.say("operator.users.elsewhere");
  }

  private boolean isAlone(Place place) {
    return place.kind() == Place.Kind.PRIVATE
        || Optional.ofNullable(platforms.get(place.id().platform()))
            .map(Platform::features)
            .orElse(Set.of())
            .contains(Feature.QUIET_ANSWERS);
  }

  private String text(Texts texts) {
    List<String> lines = new ArrayList<>();
    lines.add(texts.say("operator.users", usage.peopleWithin(1), usage.peopleWithin(MONTH)));
    List<String> people =
        usage.mostToday(LISTED).stream()
            .map(
                person ->
                    line(
                        texts,
                        person.platform() + ":" + person.id(),
                        usage.today(person).tokens(),
                        admission.budget(person)))
            .toList();
    add(lines, texts.say("operator.users.people"), people);
    List<String> places =
        usage.mostUsedToday(LISTED).stream()
            .map(
                place ->
                    line(
                        texts,
                        place.platform() + ":" + place.id(),
                        usage.todayWithin(place).tokens(),
                        admission.budget(place)))
            .toList();
    add(lines, texts.say("operator.users.places"), places);
    lines.add(
        texts.say(
            "operator.users.budgets",
            settings.ofOperator(Setting.TOKENS_PER_DAY).value(),
            settings.ofOperator(Setting.PLACE_TOKENS_PER_DAY).value(),
            settings.ofOperator(Setting.MESSAGES_PER_DAY).value()));
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, String heading, List<String> found) {
    if (!found.isEmpty()) {
      lines.add(heading);
      lines.addAll(found);
    }
  }

  private static String line(Texts texts, String id, long tokens, Optional<Limit> budget) {
    String shown = Markdown.escape(id);
    return budget
        .map(limit -> texts.say("operator.users.share", shown, tokens, limit.part()))
        .orElseGet(() -> texts.say("operator.users.line", shown, tokens));
  }
}
