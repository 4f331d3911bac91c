package dev.parley.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.sun.net.httpserver.HttpServer;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** The arrows of ARCHITECTURE.md, each one way down. */
class ArchitectureTest {
  private static final String[] APP = {
    "dev.parley.launcher..",
    "dev.parley.backup..",
    "dev.parley.watch..",
    "dev.parley.bench..",
    "dev.parley.doctor..",
    "dev.parley.loading..",
    "dev.parley.terminal..",
    "dev.parley.server..",
    "dev.parley.training..",
    "dev.parley.pipeline..",
    "dev.parley.picture..",
    "dev.parley.demo..",
    "dev.parley.configuration..",
    "dev.parley.logging.."
  };

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.parley");

  @Test
  void theLanguageModelKnowsNothingAboveIt() {
    classes()
        .that()
        .resideInAPackage("dev.parley.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("dev.parley..")
        .orShould()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.parley.model..",
            "java..",
            "javax..",
            "ai.djl..",
            "com..",
            "org..",
            "okhttp3..",
            "okio..",
            "kotlin..",
            "jinjava..")
        .check(classes);
  }

  @Test
  void theCoreKnowsNoPlatformAndNoLauncher() {
    noClasses()
        .that()
        .resideOutsideOfPackages(APP)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(APP)
        .check(classes);
  }

  @Test
  void theTerminalReachesTheCoreOnlyThroughPlatformCommandsAndTexts() {
    noClasses()
        .that()
        .resideInAPackage("dev.parley.terminal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.parley.chat..",
            "dev.parley.conversation..",
            "dev.parley.model..",
            "dev.parley.person..",
            "dev.parley.prompt..",
            "dev.parley.queue..",
            "dev.parley.rating..",
            "dev.parley.reply..",
            "dev.parley.settings..",
            "dev.parley.storage..",
            "dev.parley.usage..")
        .check(classes);
  }

  @Test
  void theServerReachesTheCoreOnlyThroughTheQueue() {
    noClasses()
        .that()
        .resideInAPackage("dev.parley.server..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.parley.chat..",
            "dev.parley.command..",
            "dev.parley.conversation..",
            "dev.parley.core..",
            "dev.parley.person..",
            "dev.parley.prompt..",
            "dev.parley.rating..",
            "dev.parley.reply..",
            "dev.parley.settings..",
            "dev.parley.storage..",
            "dev.parley.usage..")
        .check(classes);
  }

  @Test
  void trainingKnowsTheLanguageModelAlone() {
    classes()
        .that()
        .resideInAPackage("dev.parley.training..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("dev.parley..")
        .orShould()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.parley.training..", "dev.parley.model..", "java..", "javax..", "org..", "com..")
        .check(classes);
  }

  @Test
  void onlyTheLauncherKnowsPlatforms() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.parley.telegram..", "dev.parley.launcher..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.parley.telegram..", "org.telegram..")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.parley.discord..", "dev.parley.launcher..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.parley.discord..", "net.dv8tion..")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.parley.(*)..").should().beFreeOfCycles().check(classes);
    slices().matching("dev.parley.model.(*)..").should().beFreeOfCycles().check(classes);
  }

  @Test
  void onlyModelServersTheCatalogueAndPlatformsReachTheNetwork() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.parley.model.remote..",
            "dev.parley.model.catalogue..",
            "dev.parley.telegram..",
            "dev.parley.discord..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("okhttp3..", "java.net.http..")
        .check(classes);
  }

  @Test
  void portsForHttpAreTakenWithTheirBounds() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.parley.http..")
        .should()
        .callMethod(HttpServer.class, "create", InetSocketAddress.class, int.class)
        .check(classes);
  }
}
