package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.loading.Loaded;
import dev.parley.loading.ModelChoice;
import dev.parley.loading.Models;
import dev.parley.logging.Logging;
import dev.parley.model.GenerationOptions;
import dev.parley.model.SamplingOptions;
import dev.parley.model.engine.LocalModel;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley generate}: continues plain text, as models do that know no chat, such as GPT-2. */
@Command(
    name = "generate",
    description = "Continues a text, without a chat around it.",
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "A model of ./parley model list, or the path of a file or folder.")
  private @Nullable String model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      required = true,
      description = "What the text begins with.")
  private String prompt = "";

  @Option(
      names = "--max-length",
      paramLabel = "TOKENS",
      description = "Most tokens of the whole text, the prompt included (${DEFAULT-VALUE}).",
      defaultValue = "100")
  private int maxLength;

  @Mixin private final Drawing drawing = new Drawing();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (prompt.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--prompt is empty: give it some text");
    }
    Configuration configuration = Parley.configuration();
    Logging.start(configuration, false);
    Models models = new Models(configuration, System.err).withoutConversations();
    ModelChoice choice = model == null ? models.choices().wanted() : models.choices().named(model);
    try (Loaded loaded = models.load(choice)) {
      if (!(loaded.model() instanceof LocalModel local)) {
        System.err.println(
            "A server continues chats only: name a model of this computer by --model.");
        return 1;
      }
      return generate(local, drawing.of(loaded.sampling()));
    }
  }

  private int generate(LocalModel local, SamplingOptions sampling) {
    int room = maxLength - local.countTokens(prompt);
    if (room < 1) {
      System.err.printf(
          "The prompt alone has %d tokens: choose a --max-length of more than that.%n",
          local.countTokens(prompt));
      return 1;
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(prompt);
    out.flush();
    local
        .complete(
            prompt,
            GenerationOptions.of(room, sampling),
            piece -> {
              out.print(piece);
              out.flush();
            })
        .result()
        .join();
    out.println();
    return 0;
  }
}
