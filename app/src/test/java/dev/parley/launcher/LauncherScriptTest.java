package dev.parley.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.launcher.Checkout.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LauncherScriptTest {
  private Path root;
  private Checkout checkout;

  @BeforeEach
  void checkOut(@TempDir Path folder) throws IOException {
    root = Files.createDirectories(folder.toRealPath().resolve("a folder with spaces"));
    checkout = new Checkout(root);
  }

  @Test
  void withoutAJdkItSaysInOneSentenceWhatToInstall() throws Exception {
    checkout.jdk("/usr/lib/jvm/java-17", "17.0.15");
    checkout.jdk("/usr/lib/jvm/java-8", "1.8.0_392");

    Outcome outcome = checkout.withMaven().start("chat");

    assertThat(outcome.status()).isEqualTo(1);
    assertThat(outcome.errors().lines()).hasSize(1);
    assertThat(outcome.errors()).contains("JDK of version 25", "https://adoptium.net", "JAVA_HOME");
    assertThat(outcome.output()).isEmpty();
    assertThat(checkout.builds()).isZero();
  }

  @Test
  void javaHomeComesFirst() throws Exception {
    checkout.jdk("/usr/lib/jvm/java-25", "25.0.1");
    Path chosen = checkout.jdk("/chosen", "26");

    Outcome outcome = checkout.withMaven().javaHome(chosen).start();

    assertThat(outcome.output()).contains("home=" + chosen);
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
    Path old = checkout.jdk("/old", "17.0.15");
    Path onPath = checkout.jdk("/on-path", "25.0.3");

    Outcome outcome = checkout.withMaven().javaHome(old).onPath(onPath.resolve("bin")).start();

    assertThat(outcome.output()).contains("home=" + onPath);
  }

  @Test
  void theJavaOnThePathMayBeALink() throws Exception {
    Path jdk = checkout.jdk("/somewhere/jdk", "25-ea");
    Path links = Files.createDirectories(root.resolve("links"));
    Files.createSymbolicLink(links.resolve("java"), jdk.resolve("bin/java"));

    Outcome outcome = checkout.withMaven().onPath(links).start();

    assertThat(outcome.output()).contains("home=" + jdk);
  }

  @Test
  void theUsualFoldersAreSearched() throws Exception {
    checkout.jdk("/usr/lib/jvm/java-17", "17.0.15");
    Path jdk = checkout.jdk("/home/.sdkman/candidates/java/25-tem", "25.0.3");

    Outcome outcome = checkout.withMaven().start();

    assertThat(outcome.output()).contains("home=" + jdk);
  }

  @Test
  void argumentsArriveAsTheyWereGiven() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");

    Outcome outcome = checkout.start("chat", "--once", "What is  \"x\" $HOME *?", "", "中文");

    assertThat(outcome.output())
        .contains("<chat>\n<--once>\n<What is  \"x\" $HOME *?>\n<>\n<中文>\n");
  }

  @Test
  void theProgramRunsInTheFolderOfTheCaller() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");
    Path caller = Files.createDirectories(root.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(caller.resolve("talk"), Path.of("../checkout/parley"));

    Outcome outcome = checkout.start(link, caller, "chat");

    assertThat(outcome.output())
        .contains("folder=" + caller, "<-Dparley.folder=" + checkout.folder() + ">");
  }

  @Test
  void theProgramGetsAnEnvironmentThatSuitsTheModel() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");

    Outcome outcome = checkout.start();

    assertThat(outcome.output())
        .contains("spin=2000 optout=true all=C.UTF-8", "<-Xmx512m>", "<-Dstdout.encoding=UTF-8>");
  }

  /** In such a file is all that was in memory: tokens, and what people said. */
  @Test
  void aFatalErrorLeavesNoCore() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");

    assertThat(checkout.start().output()).contains("<-XX:-CreateCoredumpOnCrash>");
  }

  @Test
  void whatTheJvmTellsOfAFatalErrorGoesToTheLogs() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");

    assertThat(checkout.start().output())
        .contains("<-XX:ErrorFile=" + checkout.folder() + "/data/logs/hs_err_pid%p.log>");
    assertThat(checkout.variable("PARLEY_HOME", "/srv/my data").start().output())
        .contains("<-XX:ErrorFile=/srv/my data/logs/hs_err_pid%p.log>");
  }

  @Test
  void aLocaleThatTheSystemDoesNotHaveIsStillTheLanguageAndWrittenInUnicode() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");

    Outcome outcome =
        checkout.variable("LC_CTYPE", "C.UTF-8").variable("LANG", "zh_XX.UTF-8").start();

    assertThat(outcome.output()).contains("<-Dparley.language=zh_XX.UTF-8>", "all=C.UTF-8");
  }

  @Test
  void aLocaleThatTheSystemHasIsLeftAlone() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");

    Outcome outcome = checkout.variable("LANG", "C.UTF-8").start();

    assertThat(outcome.output()).contains("all=\n");
  }

  @Test
  void theVariablesOfTheLanguageCountInTheOrderOfPosix() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");
    checkout.variable("LANG", "one");
    assertThat(checkout.start().output()).contains("<-Dparley.language=one>");

    checkout.variable("LC_MESSAGES", "two");
    assertThat(checkout.start().output()).contains("<-Dparley.language=two>");

    checkout.variable("LC_ALL", "three");
    assertThat(checkout.start().output()).contains("<-Dparley.language=three>");

    checkout.variable("LC_ALL", "");
    assertThat(checkout.start().output()).contains("<-Dparley.language=two>");
  }

  @Test
  void itBuildsOnFirstUseAndThenOnlyWhenASourceChanged() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");

    Outcome first = checkout.start();
    Outcome second = checkout.start();
    assertThat(first.errors()).startsWith("Building Parley");
    assertThat(second.errors()).isEmpty();
    assertThat(checkout.builds()).isEqualTo(1);

    checkout.touch("app/src/main/java/A.java");
    checkout.start();
    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void aSourceThatWentAwayIsAChange() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");
    checkout.start();

    Files.delete(checkout.folder().resolve("app/src/main/java/A.java"));
    checkout.touch("app/src/main/java");
    checkout.start();

    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void anUnpackedArchiveIsNotBuiltAndWantsNoCompiler() throws Exception {
    Path jre = checkout.asUnpackedArchive().jdk("/usr/lib/jvm/java-25-jre", "25.0.1");
    Files.delete(jre.resolve("bin/javac"));

    Outcome outcome = checkout.withMaven().start("doctor");

    assertThat(outcome.status()).isZero();
    assertThat(outcome.errors()).isEmpty();
    assertThat(outcome.output())
        .contains(
            "<-Dparley.folder=" + checkout.folder() + ">",
            "<" + checkout.folder().resolve("app/app-1.jar") + ">\n<doctor>");
    assertThat(checkout.builds()).isZero();
    assertThat(checkout.folder().resolve("target")).doesNotExist();
  }

  @Test
  void mavenIsMissedOnlyWhereABuildIsNeeded() throws Exception {
    checkout.jdk("/usr/lib/jvm/java-25", "25.0.1");
    Outcome unbuilt = checkout.start();
    assertThat(unbuilt.status()).isEqualTo(1);
    assertThat(unbuilt.errors()).contains("Maven 3.8", "install it");

    checkout.withMaven().start();
    Files.delete(root.resolve("maven/mvn"));

    assertThat(checkout.start().status()).isZero();
  }

  @Test
  void aFailedBuildShowsTheEndOfItsLogAndIsTriedAgain() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");
    checkout.breakTheSources();

    Outcome failed = checkout.start();
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.errors()).contains("[ERROR] ';' expected", "target/build.log");

    checkout.repairTheSources();
    assertThat(checkout.start().status()).isZero();
    assertThat(checkout.builds()).isEqualTo(2);
  }

  @Test
  void twoFirstStartsBuildOnce() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");
    Path script = checkout.folder().resolve("parley");

    Process one = checkout.begin(script, root);
    Process other = checkout.begin(script, root);

    assertThat(Checkout.finish(one).status()).isZero();
    assertThat(Checkout.finish(other).status()).isZero();
    assertThat(checkout.builds()).isEqualTo(1);
  }

  @Test
  void theLockOfAStartThatDiedIsRemoved() throws Exception {
    checkout.withMaven().jdk("/usr/lib/jvm/java-25", "25.0.1");
    Files.createDirectories(checkout.folder().resolve("target"));
    Process died = new ProcessBuilder("true").start();
    died.waitFor();
    Files.createSymbolicLink(
        checkout.folder().resolve("target/build.lock"), Path.of(String.valueOf(died.pid())));

    assertThat(checkout.start().status()).isZero();
    assertThat(checkout.folder().resolve("target/build.lock")).doesNotExist();
  }
}
