package dev.parley.command;

import dev.parley.chat.Admission;
import dev.parley.chat.DailyLimits.Limit;
import dev.parley.language.Texts;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Response;
import dev.parley.usage.UsageStore;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /usage}: what a person used, and what is left of the day. */
final class UsageCommand implements Command {
  private final UsageStore usage;
  private final Admission admission;

  UsageCommand(UsageStore usage, Admission admission) {
    this.usage = usage;
    this.admission = admission;
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
    return Response.of(used + left);
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
