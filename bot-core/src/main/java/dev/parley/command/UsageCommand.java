package dev.parley.command;

import dev.parley.platform.PersonId;
import dev.parley.platform.Response;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.usage.Totals;
import dev.parley.usage.UsageStore;
import java.util.Map;

/** {@code /usage}: what a person used, and what is left of the day. */
final class UsageCommand implements Command {
  private final UsageStore usage;
  private final Settings settings;

  UsageCommand(UsageStore usage, Settings settings) {
    this.usage = usage;
    this.settings = settings;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of("usage");
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    PersonId person = asker.person().id();
    Totals today = usage.today(person);
    Totals inAll = usage.inAll(person);
    int limit = settings.resolve(Setting.MESSAGES_PER_DAY, person, asker.place().id()).value();
    String used = asker.texts().say("usage.summary", today.answers(), inAll.answers());
    return Response.of(
        limit == 0
            ? used
            : used
                + "\n"
                + asker.texts().say("usage.left", Math.max(0, limit - today.questions()), limit));
  }
}
