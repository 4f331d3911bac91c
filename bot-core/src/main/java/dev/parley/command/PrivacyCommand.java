package dev.parley.command;

import dev.parley.learning.ConsentStore;
import dev.parley.platform.Button;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.PersonId;
import dev.parley.platform.Response;
import dev.parley.privacy.Kept;
import dev.parley.privacy.KeptStore;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** {@code /privacy}: what is kept of a person, and whether the model may learn from them. */
final class PrivacyCommand implements Command {
  private static final String NAME = "privacy";

  private final KeptStore kept;
  private final ConsentStore consents;
  private final ZoneId zone;

  PrivacyCommand(KeptStore kept, ConsentStore consents, ZoneId zone) {
    this.kept = kept;
    this.consents = consents;
    this.zone = zone;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of(NAME);
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    return panel(asker);
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    PersonId person = asker.person().id();
    switch (Words.get(words, 0)) {
      case "on" -> consents.give(person);
      case "off" -> consents.withdraw(person);
      case "meaning" -> {
        return asker
            .say("privacy.meaning")
            .withButtons(
                List.of(
                    List.of(
                        turn(asker, consents.given(person)), asker.button("button.back", NAME))));
      }
      case "" -> {}
      default -> {
        return asker.say("button.old");
      }
    }
    return panel(asker);
  }

  private Response panel(Asker asker) {
    PersonId person = asker.person().id();
    boolean learning = consents.given(person);
    return Response.of(
            kept(asker, kept.of(person))
                + "\n"
                + asker.texts().say(learning ? "privacy.learning.on" : "privacy.learning.off"))
        .withButtons(
            List.of(
                List.of(turn(asker, learning), asker.button("button.meaning", NAME, "meaning"))));
  }

  private static Button turn(Asker asker, boolean learning) {
    return learning
        ? asker.button("button.turn-off", NAME, "off")
        : asker.button("button.turn-on", NAME, "on");
  }

  private String kept(Asker asker, Kept now) {
    return asker
        .texts()
        .say(
            "privacy.kept",
            now.messages(),
            now.conversations(),
            now.instructions(),
            now.ratings(),
            now.since().atZone(zone));
  }
}
