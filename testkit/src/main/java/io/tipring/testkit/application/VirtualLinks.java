package io.tipring.testkit.application;

import io.tipring.core.control.Destination;
import io.tipring.core.control.LinkEvent;
import io.tipring.core.control.Links;
import io.tipring.testkit.world.World;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Connections from an exchange in the World to the [RemoteApp]s there, by name. A connection to a
/// name that nobody has is refused.
public final class VirtualLinks implements Links {
  private final World world;
  private final Map<String, RemoteApp> applications = new TreeMap<>();

  public VirtualLinks(World world) {
    this.world = world;
  }

  public void put(String name, RemoteApp application) {
    applications.put(name, application);
  }

  @Override
  public Link open(Destination to, Consumer<LinkEvent> events) {
    RemoteApp application = applications.get(to.application());
    if (application == null) {
      application = new RemoteApp(_ -> List.of());
      application.killed();
    }
    return new VirtualLink(world, application, to, events);
  }
}
