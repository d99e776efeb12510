/*
 * Copyright 2026 The Larder authors
 * SPDX-License-Identifier: Apache-2.0
 */
import dev.larder.Cache;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.io.File;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

/** An application with cached JAX-RS resource methods, in an embedded Tomcat. */
public final class Main {

  /** What the shop sells. */
  @Path("/items")
  @Produces("application/json")
  public static final class Items {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @GET
    @Path("/{id}")
    @Cache(value = "item", ttl = "60s", key = "{id}", scope = "shared")
    public String item(@PathParam("id") long id) {
      return text(id);
    }

    @GET
    @Path("/{id}/cookie")
    @Cache(value = "cookie", ttl = "60s", key = "{id}", scope = "shared")
    public Response cookie(@PathParam("id") long id) {
      NewCookie seen = new NewCookie.Builder("seen").value(String.valueOf(id)).build();
      return Response.ok(text(id)).cookie(seen).build();
    }

    @GET
    @Path("/{id}/plain")
    public String plain(@PathParam("id") long id) {
      return text(id);
    }

    private static String text(long id) {
      return "{\"id\":" + id + ",\"run\":" + RUNS.incrementAndGet() + "}";
    }
  }

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(new File("tomcat").getAbsolutePath());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", new File(".").getAbsolutePath());
    ServletContainer jersey = new ServletContainer(new ResourceConfig(Items.class));
    Tomcat.addServlet(context, "jersey", jersey);
    context.addServletMappingDecoded("/*", "jersey");
    tomcat.start();
    System.out.println("port=" + tomcat.getConnector().getLocalPort());
    tomcat.getServer().await();
  }
}
