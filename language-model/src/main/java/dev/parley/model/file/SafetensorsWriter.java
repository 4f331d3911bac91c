package dev.parley.model.file;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes <a href="https://github.com/huggingface/safetensors#format">safetensors</a> in fp32. Until
 * all of it is on the disk, the file is what it was before.
 */
public final class SafetensorsWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The library wants tensors to begin at such a place. */
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes tensors in the order of their file.
   *
   * @param metadata texts beside them
   */
  public static void write(Path target, MemoryTensors tensors, Map<String, String> metadata)
      throws IOException {
    Path unfinished = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (FileChannel out =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        List<Tensor> all = new ArrayList<>();
        for (String name : tensors.names()) {
          all.add(tensors.tensor(name));
        }
        writeFully(out, header(all, metadata));
        for (Tensor tensor : all) {
          writeFully(out, tensor.bytes());
        }
        out.force(true);
      }
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static ByteBuffer header(List<Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      metadata.forEach(root.putObject(SafetensorsReader.METADATA)::put);
    }
    long begin = 0;
    for (Tensor tensor : tensors) {
      ObjectNode described = root.putObject(tensor.name()).put("dtype", tensor.type().name());
      for (long dimension : tensor.shape()) {
        described.withArray("shape").add(dimension);
      }
      described.withArray("shape"); // of a single number it is empty
      described.putArray("data_offsets").add(begin).add(begin + tensor.byteSize());
      begin += tensor.byteSize();
    }
    String text = JSON.writeValueAsString(root);
    byte[] json = (text + " ".repeat(ALIGNMENT)).getBytes(StandardCharsets.UTF_8);
    int length = json.length / ALIGNMENT * ALIGNMENT;
    return ByteBuffer.allocate(Long.BYTES + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(json, 0, length)
        .flip();
  }

  private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
