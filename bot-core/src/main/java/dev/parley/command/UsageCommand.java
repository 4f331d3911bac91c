package dev.parley.command;

import dev.parley.chat.Admission;
import dev.parley.chat.DailyLimits.Limit;
import dev.parley.language.Texts;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Feature;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.Place;
import dev.parley.platform.Platform;
import dev.parley.platform.Response;
import dev.parley.usage.Day;
import dev.parley.usage.UsageStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code /usage}: what a person used, and what is left of the day; with a picture where nobody else
 * sees it.
 */
final class UsageCommand implements Command {
  private static final String PICTURE = "usage.png";
  private static final int DAYS = 14;

  private final UsageStore usage;
  private final Admission admission;
  private final Map<String, Platform> platforms;
  private final Pictures pictures;

  /**
   * @param platforms by name
   */
  UsageCommand(
      UsageStore usage, Admission admission, Map<String, Platform> platforms, Pictures pictures) {
    this.usage = usage;
    this.admission = admission;
    this.platforms = platforms;
    this.pictures = pictures;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of("usage");
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    String used =
        asker
            .texts()
            .say(
                "usage.summary",
                usage.today(asker.person().id()).answers(),
                usage.inAll(asker.person().id()).answers());
    String left =
        admission.daily(asker.person(), asker.place().id()).stream()
            .map(limit -> "\n" + line(limit, asker.texts()))
            .collect(Collectors.joining());
    Set<Feature> features =
        Optional.ofNullable(platforms.get(asker.place().id().platform()))
            .map(Platform::features)
            .orElse(Set.of());
    if (!features.contains(Feature.PICTURES)) {
      return Response.of(used + left);
    }
    boolean alone =
        asker.place().kind() == Place.Kind.PRIVATE || features.contains(Feature.QUIET_ANSWERS);
    return alone
        ? withPicture(asker, Response.of(used + left))
        : Response.of(used + left + "\n" + asker.texts().say("usage.picture.elsewhere"));
  }

  /** Of the person alone. */
  private Response withPicture(Asker asker, Response response) {
    List<Day> days = usage.lastDays(asker.person().id(), DAYS);
    if (days.stream().allMatch(day -> day.used().tokens() == 0)) {
      return response;
    }
    return pictures
        .usage(days, asker.texts())
        .map(png -> response.withFile(new OutgoingFile(PICTURE, png)))
        .orElse(response);
  }

  private static String line(Limit limit, Texts texts) {
    return switch (limit.kind()) {
      case ANSWERS ->
          texts.say("usage.left", Math.max(0, limit.most() - limit.used()), limit.most());
      case TOKENS -> texts.say("usage.tokens", limit.part());
      case TOKENS_OF_PLACE -> texts.say("usage.place", limit.part());
    };
  }
}
