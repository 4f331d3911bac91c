package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.configuration.Configuration;
import dev.parley.configuration.ConfigurationException;
import dev.parley.configuration.ConfigurationReport;
import dev.parley.language.Texts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of an operator's mistakes does not show the secret that they were made with. */
class MistakenSecretsTest {
  private static final String SECRET = "987654:AA-marked_of.nobody";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PARLEY_TELEGRAM_TOKEN=no" + SECRET,
        "PARLEY_TELEGRAM_TOKEN=" + SECRET + "/x",
        "PARLEY_TELEGRAM_TOKEN=" + SECRET + "\u00e9",
        "PARLEY_TELEGRAM_TOKEN= " + SECRET + " x",
        "PARLEY_DISCORD_TOKEN=" + SECRET,
        "PARLEY_DISCORD_TOKEN=" + SECRET + "\u00e9",
        "PARLEY_DISCORD_TOKEN=Bot " + SECRET,
        "PARLEY_TELEGRAM_WEBHOOK_SECRET=" + SECRET,
        "PARLEY_TELEGRAM_TOKEN_FILE=" + SECRET,
        "PARLEY_DISCORD_TOKEN_FILE=" + SECRET,
        "PARLEY_MODEL_KEY_FILE=" + SECRET,
        "PARLEY_SERVER_KEY_FILE=" + SECRET,
        "PARLEY_TELEGRAM_WEBHOOK_SECRET_FILE=" + SECRET,
        "PARLEY_TELEGRAM_TOKN=" + SECRET,
        "PARLEY_MODEL_URL=http://ada:" + SECRET + "@127.0.0.1/v1",
        "PARLEY_MODEL_URL=http://" + SECRET + "@127.0.0.1/v1",
        "PARLEY_MODEL_URL=http://127.0.0.1/v1?key=" + SECRET,
        "PARLEY_MODEL_URL=http://127.0.0.1/v1,http://ada:" + SECRET + "@127.0.0.1/v1",
        "PARLEY_TELEGRAM_WEBHOOK_URL=https://ada:" + SECRET + "@bot.example.org/telegram",
        "PARLEY_DISCORD_GATEWAY=ws://ada:" + SECRET + "@127.0.0.1",
        "PARLEY_TELEGRAM_PROXY=ada:" + SECRET + "@127.0.0.1:9",
        "PARLEY_TELEGRAM_PROXY=socks5://ada:" + SECRET + "@127.0.0.1:9",
        "file=telegram: \"" + SECRET,
        "file=telegram: " + SECRET,
        "file=telegram:\n  token: \"" + SECRET,
        "file=telegram:\n  token: \"" + SECRET + "\" x",
        "file=telegram:\n  token: [" + SECRET + "]",
        "file=telegram:\n  token: {" + SECRET + ": x}",
        "file=telegram: {token: \"" + SECRET + "\", token: \"" + SECRET + "\"}",
        "file=telegram:\n  token: x\n   " + SECRET + ": x",
        "file=telegram:\n\ttoken: " + SECRET,
        "file=telegram:\n  token: *" + SECRET,
        "file=telegram:\n  token: &" + SECRET,
        "file=telegram:\n  token: !" + SECRET,
        "file=telegram:\n  token: %" + SECRET,
        "file=telegram:\n  token: @" + SECRET,
        "file=telegram:\n  " + SECRET,
        "file=telegram:\n  token:" + SECRET,
        "file=telegram:\n  token=" + SECRET,
        "file=telegram.token=" + SECRET,
        "file=" + SECRET,
      })
  void noneIsShown(String mistake) throws Exception {
    String name = mistake.substring(0, mistake.indexOf('='));
    String text = mistake.substring(name.length() + 1);
    Map<String, String> environment = new HashMap<>();
    if (name.equals("file")) {
      Files.writeString(
          Files.createDirectories(folder.resolve("config")).resolve("parley.yaml"), text);
    } else {
      environment.put(name, text);
    }

    assertThat(said(environment).lines().filter(line -> line.contains("marked"))).isEmpty();
  }

  private String said(Map<String, String> environment) {
    ConfigurationReport report = ConfigurationReport.read(environment, folder, folder);
    StringBuilder said = new StringBuilder();
    report.findings().forEach(finding -> said.append(finding).append('\n'));
    try {
      Configuration configuration = report.configuration();
      report.values().forEach(value -> said.append(value).append('\n'));
      PlatformLink.of(configuration, Texts.of(Locale.ENGLISH));
    } catch (ConfigurationException | IllegalArgumentException e) {
      said.append(e.getMessage());
    }
    return said.toString();
  }
}
