using System.Globalization;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Flows.Models;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console.Doctor;

/// <summary>Says which recogniser is in use, how far a change to another one is, and which one is better.</summary>
internal static class Recogniser
{
    public static async Task<string> SeeAsync(IServiceProvider services, string folder, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, "atmosphere.db")))
            return Advice(services, KnownModels.FaceApi.Name);
        using var database = new Database(folder, beside: true);
        if (!await BotSchema.Whole.IsAppliedAsync(database, cancellation))
            return Advice(services, KnownModels.FaceApi.Name);
        var choice = await database.ReadAsync(session => ModelUse.FindAsync(session, ModelUse.Recogniser), cancellation);
        var used = choice?.Current ?? KnownModels.FaceApi.Name;
        if (choice?.Wanted is not { } wanted)
            return Advice(services, used);
        if (choice.Problem is { } problem)
            throw new VerbException($"{used} stays, because {wanted} cannot be used: {problem} Then run: atmosphere models use {wanted}");

        using var engine = services.GetRequiredService<ModelEngines>().Open(wanted);
        var left = await Redescription.LeftAsync(database, engine.Faces, cancellation);
        return string.Create(CultureInfo.InvariantCulture, $"{used}; {left:N0} photos and persons are still to be described by {wanted}, {(Database.IsOwned(folder) ? "the server does it in the background" : "the server continues when it runs")}");
    }

    private static string Advice(IServiceProvider services, string used)
    {
        var options = services.GetRequiredService<IOptions<FaceModelOptions>>().Value;
        if (options.Recogniser is { } named && used == KnownModels.FaceApi.Name)
            return named;
        var better = KnownModels.Intel;
        return used == KnownModels.FaceApi.Name
            ? $"{used} ({KnownModels.FaceApi.Measured}); better: {better.Name} ({better.Measured}). Run: atmosphere models get {better.Name}, then atmosphere models use {better.Name}"
            : used;
    }
}
