package dev.parley.platform;

/**
 * A file for a person.
 *
 * @param name a plain file name
 * @param content its bytes, owned by this record: neither side changes them
 */
@SuppressWarnings("ArrayRecordComponent") // a file is handed over once and compared nowhere
public record OutgoingFile(String name, byte[] content) {}
