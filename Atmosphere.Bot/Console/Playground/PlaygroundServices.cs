using Atmosphere.Bot.Channels.Access;

namespace Atmosphere.Bot.Console.Playground;

/// <summary>The page at /: a parent's phone beside the class group's.</summary>
internal static class PlaygroundServices
{
    public static IServiceCollection AddPlayground(this IServiceCollection services) =>
        services.AddSingleton<SamplePhotos>();

    public static void MapPlayground(this WebApplication app)
    {
        var playground = app.MapGroup("").RequireLoopback();
        PlaygroundPage.Map(playground);
        ClassGroupPhotos.Map(playground);
        app.Services.GetRequiredService<SamplePhotos>().Map(playground);
    }
}
