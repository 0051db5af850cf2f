package io.tipring.conformance.contract;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.List;

/// Judges messages of control sessions by the published schema, as an application's developer
/// would. Show it every frame that passes.
public final class FrameJudge {
  private static final String SCHEMA =
      Checkout.text(Checkout.SCHEMAS.resolve("control-v1.schema.json"));

  private final JsonSchema toApplication = schema("ToApplication");
  private final JsonSchema fromApplication = schema("FromApplication");

  private static JsonSchema schema(String family) {
    String whole = "{\"$ref\": \"#/$defs/ToApplication\"}, {\"$ref\": \"#/$defs/FromApplication\"}";
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(SCHEMA.replace(whole, "{\"$ref\": \"#/$defs/%s\"}".formatted(family)));
  }

  /// What is wrong with a frame of the exchange; nothing when it is good.
  public List<String> toApplication(String frame) {
    return judge(toApplication, frame);
  }

  /// What is wrong with a frame of an application; nothing when it is good.
  public List<String> fromApplication(String frame) {
    return judge(fromApplication, frame);
  }

  private static List<String> judge(JsonSchema schema, String frame) {
    return schema.validate(frame, InputFormat.JSON).stream()
        .map(ValidationMessage::getMessage)
        .toList();
  }
}
