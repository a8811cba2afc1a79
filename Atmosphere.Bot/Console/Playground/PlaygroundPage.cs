using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atmosphere.Bot.Console.Playground;

/// <summary>Serves the page at / and its resources.</summary>
internal static class PlaygroundPage
{
    private const string ContentSecurity =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, string> Parts = new()
    {
        ["playground.css"] = "text/css; charset=utf-8",
        ["chat.css"] = "text/css; charset=utf-8",
        ["playground.js"] = "text/javascript; charset=utf-8",
        ["chat.js"] = "text/javascript; charset=utf-8",
        ["direct-line.js"] = "text/javascript; charset=utf-8",
        ["atmosphere.svg"] = "image/svg+xml",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext http) => Part(http, "index.html", "text/html; charset=utf-8"));
        foreach (var (name, type) in Parts)
            routes.MapGet($"/playground/{name}", (HttpContext http) => Part(http, name, type));
    }

    private static FileStreamHttpResult Part(HttpContext http, string name, string type)
    {
        http.Response.Headers.ContentSecurityPolicy = ContentSecurity;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return TypedResults.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream($"playground/{name}")!, type);
    }
}
