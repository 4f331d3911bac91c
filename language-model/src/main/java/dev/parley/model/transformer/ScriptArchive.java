package dev.parley.model.transformer;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive that holds code and one module without weights. The form is that of
 * {@code torch.jit.save}: a zip with the source, and a pickle (protocol 2) of the module's
 * attributes.
 */
final class ScriptArchive {
  /** An attribute that is an empty list of a TorchScript type, such as {@code Tensor}. */
  record EmptyList(String elementType) {}

  private ScriptArchive() {}

  /**
   * Writes the archive.
   *
   * @param className of the module, such as {@code Transformer}
   * @param attributes in the order of their declaration: Boolean, Integer, Double or EmptyList
   */
  static void write(
      OutputStream out, String source, String className, Map<String, Object> attributes)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "data.pkl", pickle(className, attributes));
      put(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      put(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'}); // an empty tuple
      put(zip, "version", "10\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry("model/" + name);
    entry.setLastModifiedTime(FileTime.fromMillis(0));
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] pickle(String className, Map<String, Object> attributes)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(0x80); // PROTO 2
    out.write(2);
    out.writeBytes("c__torch__\n" + className + "\n"); // GLOBAL
    out.write(')'); // EMPTY_TUPLE
    out.write(0x81); // NEWOBJ
    out.writeBytes("}("); // EMPTY_DICT MARK
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      writeValue(out, attribute.getKey());
      writeValue(out, attribute.getValue());
    }
    out.writeBytes("ub."); // SETITEMS BUILD STOP
    return bytes.toByteArray();
  }

  private static void writeValue(DataOutputStream out, Object value) throws IOException {
    switch (value) {
      case Boolean bool -> out.write(bool ? 0x88 : 0x89);
      case Integer number -> {
        out.write('J');
        out.writeInt(Integer.reverseBytes(number));
      }
      case Double number -> {
        out.write('G');
        out.writeDouble(number);
      }
      case String text -> {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeInt(Integer.reverseBytes(utf8.length));
        out.write(utf8);
      }
      case EmptyList list -> {
        out.writeBytes("ctorch.jit._pickle\nrestore_type_tag\n(]");
        writeValue(out, "List[" + list.elementType() + "]");
        out.writeBytes("tR");
      }
      default -> throw new IllegalArgumentException("no pickle for " + value.getClass());
    }
  }
}
