package dev.parley.command;

import dev.parley.format.Markdown;
import dev.parley.person.CustomInstructions;
import dev.parley.person.InstructionsStore;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.Form;
import dev.parley.platform.PersonId;
import dev.parley.platform.Response;
import java.util.List;
import java.util.Map;

/** {@code /instructions}: what a person wants Parley to know and how it should respond. */
final class InstructionsCommand implements Command {
  private static final String NAME = "instructions";
  private static final String ABOUT = "about";
  private static final String STYLE = "style";

  /** Both at once, where a form can have several fields. */
  private static final String BOTH = "both";

  private final InstructionsStore instructions;

  InstructionsCommand(InstructionsStore instructions) {
    this.instructions = instructions;
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
    CustomInstructions now = instructions.of(person);
    switch (Words.get(words, 0)) {
      case ABOUT -> {
        return Response.nothing().withForm(form(asker, ABOUT, now.about()));
      }
      case STYLE -> {
        return Response.nothing().withForm(form(asker, STYLE, now.style()));
      }
      case "on" ->
          instructions.save(person, new CustomInstructions(now.about(), now.style(), true));
      case "off" ->
          instructions.save(person, new CustomInstructions(now.about(), now.style(), false));
      case "clear" -> instructions.clear(person);
      default -> {
        return asker.say("button.old");
      }
    }
    return panel(asker);
  }

  @Override
  public Response submit(Asker asker, List<String> words, Map<String, String> values) {
    PersonId person = asker.person().id();
    CustomInstructions now = instructions.of(person);
    for (String text : values.values()) {
      int length = CustomInstructions.length(text.strip());
      if (length > CustomInstructions.MAX_LENGTH) {
        Response tooLong = asker.say("form.too-long", length, CustomInstructions.MAX_LENGTH);
        String field = Words.get(words, 0);
        return tooLong.withForm(
            form(asker, field, field.equals(ABOUT) ? now.about() : now.style()));
      }
    }
    instructions.save(
        person,
        new CustomInstructions(
            values.getOrDefault(ABOUT, now.about()).strip(),
            values.getOrDefault(STYLE, now.style()).strip(),
            true));
    return asker
        .say("instructions.saved")
        .withButtons(
            List.of(
                List.of(
                    asker.button("button.turn-off", NAME, "off"),
                    asker.button("button.clear", NAME, "clear"))));
  }

  private Response panel(Asker asker) {
    CustomInstructions now = instructions.of(asker.person().id());
    String text =
        asker.texts().say("instructions.about", shown(asker, now.about()))
            + "\n"
            + asker.texts().say("instructions.style", shown(asker, now.style()))
            + (now.enabled() ? "" : "\n" + asker.texts().say("instructions.off"));
    return Response.of(text)
        .withButtons(
            List.of(
                List.of(
                    asker.button("button.change-first", NAME, ABOUT),
                    asker.button("button.change-second", NAME, STYLE),
                    now.enabled()
                        ? asker.button("button.turn-off", NAME, "off")
                        : asker.button("button.turn-on", NAME, "on"),
                    asker.button("button.clear-all", NAME, "clear"))))
        .withShortcut(
            new Form(
                Asker.id(NAME, BOTH),
                asker.texts().say("instructions.title"),
                List.of(field(asker, ABOUT, now.about()), field(asker, STYLE, now.style()))));
  }

  private static String shown(Asker asker, String text) {
    return text.isEmpty() ? asker.texts().say("instructions.nothing") : Markdown.escape(text);
  }

  private static Form form(Asker asker, String field, String value) {
    return new Form(
        Asker.id(NAME, field),
        asker.texts().say("instructions.title"),
        List.of(field(asker, field, value)));
  }

  private static Form.Field field(Asker asker, String field, String value) {
    return new Form.Field(
        field,
        asker.texts().say("instructions.question." + field),
        value,
        CustomInstructions.MAX_LENGTH);
  }
}
