package io.tipring.testkit.contract;

import io.tipring.testkit.contract.Contract.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// AsyncAPI 3.0, from where an application stands: it receives what an exchange says.
final class AsyncApi {
  private AsyncApi() {}

  static Map<String, Object> document(Contract contract) {
    JsonSchema schema = new JsonSchema("#/components/schemas/");
    Map<String, Object> messages = new LinkedHashMap<>();
    Map<String, Object> schemas = new LinkedHashMap<>();
    for (Message message : contract.toApplication()) {
      messages.put(message.type(), message(message, schema.toApplication(message)));
    }
    for (Message message : contract.fromApplication()) {
      messages.put(message.type(), message(message, schema.fromApplication(message, contract)));
    }
    contract.definitions().forEach(type -> schemas.put(type.name(), schema.definition(type)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("asyncapi", "3.0.0");
    document.put(
        "info",
        ordered(
            "title", "An application of Tipring, control v1",
            "version", "1.0.0",
            "description", "An exchange connects to the application's URL, a WebSocket per call.",
            "license", Map.of("name", "Apache-2.0")));
    document.put("defaultContentType", "application/json");
    document.put("channels", Map.of("control", channel(messages)));
    document.put(
        "operations",
        ordered(
            "hear", operation("receive", contract.toApplication()),
            "say", operation("send", contract.fromApplication())));
    document.put("components", ordered("messages", messages, "schemas", schemas));
    return document;
  }

  private static Map<String, Object> message(Message message, Map<String, Object> payload) {
    Map<String, Object> entry = ordered("name", message.type());
    if (!message.text().isEmpty()) {
      entry.put("summary", message.text());
    }
    entry.put("payload", payload);
    return entry;
  }

  private static Map<String, Object> channel(Map<String, Object> messages) {
    Map<String, Object> refs = new LinkedHashMap<>();
    messages.keySet().forEach(type -> refs.put(type, ref("#/components/messages/" + type)));
    return ordered(
        "title",
        "A call",
        "description",
        "Subprotocol v1.control.tipring; text frames, one JSON object each.",
        "messages",
        refs,
        "bindings",
        Map.of("ws", ordered("method", "GET", "bindingVersion", "0.1.0")));
  }

  private static Map<String, Object> operation(String action, List<Message> messages) {
    return ordered(
        "action", action,
        "channel", ref("#/channels/control"),
        "messages",
            messages.stream()
                .map(message -> ref("#/channels/control/messages/" + message.type()))
                .toList());
  }

  private static Map<String, Object> ref(String to) {
    return ordered("$ref", to);
  }

  private static Map<String, Object> ordered(Object... pairs) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return map;
  }
}
