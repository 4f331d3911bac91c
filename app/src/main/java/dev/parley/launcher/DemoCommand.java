package dev.parley.launcher;

import picocli.CommandLine.Command;

/**
 * {@code parley train demo}: shows on data of the operator's what each way to learn is good for.
 * Each ends in a table and a picture.
 */
@Command(
    name = "demo",
    description = "Shows what training does, from scratch, with a table and a picture.",
    mixinStandardHelpOptions = true,
    subcommands = {})
final class DemoCommand {}
