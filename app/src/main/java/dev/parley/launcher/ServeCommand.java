package dev.parley.launcher;

import dev.parley.configuration.Configuration;
import dev.parley.language.Texts;
import dev.parley.loading.Loaded;
import dev.parley.loading.ModelChoice;
import dev.parley.loading.Models;
import dev.parley.logging.Logging;
import dev.parley.server.ApiServer;
import dev.parley.server.Port;
import dev.parley.server.ServedModel;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parley serve}: the model for other programs, as an OpenAI-compatible server. */
@Command(
    name = "serve",
    description = "Lets other programs use the model: a server with OpenAI's API, until Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65_535;

  @Option(
      names = "--listen",
      paramLabel = "HOST",
      description = "A name or address of this machine (server.host).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "NUMBER",
      description = "0 takes any that is free (server.port).")
  private @Nullable Integer port;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (port != null && (port < 0 || port > MOST_PORT)) {
      throw new ParameterException(
          spec.commandLine(), "--port must be a number from 0 to 65535, not " + port);
    }
    Configuration configuration = Parley.configuration();
    InetSocketAddress listen =
        new InetSocketAddress(
            host == null ? configuration.server().host() : host,
            port == null ? configuration.server().port() : port);
    if (lacksKey(configuration, listen)) {
      spec.commandLine()
          .getErr()
          .println(
              "On "
                  + listen.getHostString()
                  + " others can reach this server: give it a key with PARLEY_SERVER_KEY or"
                  + " server.key-file, or let it listen on 127.0.0.1.");
      return 1;
    }
    DataFolder.make(configuration);
    Logging.start(configuration, false);
    try (EndSignal end = EndSignal.listen();
        Port taken = Port.take(listen)) {
      serve(configuration, taken, end);
    }
    return 0;
  }

  private static boolean lacksKey(Configuration configuration, InetSocketAddress listen) {
    return configuration.server().key().isEmpty()
        && !listen.isUnresolved()
        && !listen.getAddress().isLoopbackAddress();
  }

  private static void serve(Configuration configuration, Port taken, EndSignal end)
      throws Exception {
    Models models = new Models(configuration, System.err);
    ModelChoice choice = models.choices().wanted();
    try (Loaded loaded = models.load(choice);
        ApiServer server =
            new ApiServer(
                taken,
                new ServedModel(loaded.model(), names(loaded, choice), loaded.sampling()),
                configuration.server())) {
      System.out.println(StartLine.of(configuration, loaded, Texts.of(Locale.getDefault())));
      System.out.println(howToUse(configuration, server.address()));
      end.await();
    }
  }

  /** As people see it, and as the catalogue calls it. */
  private static List<String> names(Loaded loaded, ModelChoice choice) {
    List<String> names = new ArrayList<>(List.of(loaded.model().info().name()));
    if (choice instanceof ModelChoice.Listed listed) {
      names.add(listed.entry().id());
    }
    return names;
  }

  private static String howToUse(Configuration configuration, InetSocketAddress address) {
    boolean anywhere = address.getAddress().isAnyLocalAddress();
    String url =
        "http://%s:%d/v1"
            .formatted(anywhere ? "THIS-MACHINE" : address.getHostString(), address.getPort());
    return "Listening on %s. Another Parley uses it with PARLEY_MODEL_URL=%s%s. Ctrl-C ends it."
        .formatted(
            anywhere ? "port " + address.getPort() : url,
            url,
            configuration.server().key().isPresent() ? " and the key in PARLEY_MODEL_KEY" : "");
  }
}
