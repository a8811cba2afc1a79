using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atmosphere.Bot.Console.Playground;

/// <summary>The page at / and what it is made of.</summary>
internal static class PlaygroundPage
{
    // Web Chat puts style elements into the page and shrinks big uploads in a worker made from a blob.
    private const string ContentSecurity =
        "default-src 'none'; script-src 'self'; worker-src blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; media-src data:; connect-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly Dictionary<string, string> Parts = new()
    {
        ["playground.css"] = "text/css; charset=utf-8",
        ["playground.js"] = "text/javascript; charset=utf-8",
        ["atmosphere.svg"] = "image/svg+xml",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext http) =>
        {
            http.Response.Headers.ContentSecurityPolicy = ContentSecurity;
            return Part("index.html", "text/html; charset=utf-8");
        });
        foreach (var (name, type) in Parts)
            routes.MapGet($"/playground/{name}", () => Part(name, type));

        routes.MapGet("/playground/web-chat.js", WebChatAsync);
    }

    private static FileStreamHttpResult Part(string name, string type) =>
        TypedResults.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream($"playground/{name}")!, type);

    private static async Task<IResult> WebChatAsync(WebChatBundle bundle, HttpContext http, CancellationToken cancellation)
    {
        try
        {
            var file = await bundle.GetAsync(cancellation);
            http.Response.Headers.CacheControl = "max-age=86400";
            return TypedResults.PhysicalFile(file, "text/javascript; charset=utf-8");
        }
        catch (InvalidOperationException missing)
        {
            return TypedResults.Problem(missing.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Web Chat is missing");
        }
    }
}
