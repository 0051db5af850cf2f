package io.tipring.edge.sound;

import io.tipring.core.call.Preparation;
import io.tipring.core.call.SoundRequest;
import io.tipring.core.call.Sounds;
import java.util.function.Consumer;

/// All sound there is: each kind of request goes to who can make it.
///
/// @param speech takes [SoundRequest.Speech]
/// @param files takes [SoundRequest.File]
/// @param web takes [SoundRequest.Web]
public record SoundLibrary(Sounds speech, Sounds files, Sounds web) implements Sounds {
  @Override
  public void prepare(SoundRequest request, Consumer<Preparation> done) {
    Sounds source =
        switch (request) {
          case SoundRequest.Speech _ -> speech;
          case SoundRequest.File _ -> files;
          case SoundRequest.Web _ -> web;
        };
    source.prepare(request, done);
  }
}
