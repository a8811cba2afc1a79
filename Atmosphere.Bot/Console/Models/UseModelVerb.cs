using System.CommandLine;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Bot.Storage;
using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Flows.Models;
using Atmosphere.Recognition.Storage;

namespace Atmosphere.Bot.Console.Models;

/// <summary>atmosphere models use</summary>
internal static class UseModelVerb
{
    public static Command Create(Shell shell)
    {
        var name = new Argument<string>("name") { Description = "A model of 'models list'" };
        var command = new Command("use", "Use another network; a recogniser first describes all faces anew, beside the running server or at once without one") { name };
        command.SetAction(async (line, cancellation) =>
        {
            var settings = shell.Settings(line);
            var folder = ModelFolder.Of(settings);
            var model = folder.Find(line.GetRequiredValue(name));
            var key = $"{FaceModelOptions.Section}:{model.Kind}";
            if (settings[key] is { Length: > 0 } named)
                throw new UsageException($"{key} names {named}, which goes before what is chosen here. Leave the setting out, then run this command again.");
            if (folder.Problems(model).FirstOrDefault() is { } problem)
                throw new VerbException($"{problem} Fetch it: atmosphere models get {model.Name}.");

            var text = model.Kind == ModelKind.Detector
                ? await UseDetectorAsync(shell, line, model, cancellation)
                : await UseRecogniserAsync(shell, line, settings, folder, model, cancellation);
            shell.Terminal.Line(text);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<string> UseDetectorAsync(Shell shell, ParseResult line, KnownModel model, CancellationToken cancellation)
    {
        await WriteAsync(shell, line, session => ModelUse.UseAsync(session, ModelUse.Detector, model.Name), cancellation);
        return $"The server finds faces with {model.Name} from its next start on.";
    }

    private static async Task<string> UseRecogniserAsync(
        Shell shell, ParseResult line, IConfigurationRoot settings, ModelFolder folder, KnownModel model, CancellationToken cancellation)
    {
        var isUsed = ModelUse.Current(folder.Data).TryGetValue(ModelUse.Recogniser, out var used) ? used == model.Name : model.IsBuiltIn;
        await WriteAsync(
            shell, line, session => ModelUse.WantAsync(session, ModelUse.Recogniser, isUsed ? null : model.Name, TimeProvider.System.GetUtcNow()), cancellation);
        if (isUsed)
            return $"{model.Name} is in use and stays.";
        if (Database.IsOwned(folder.Data))
            return $"The running server describes all faces with {model.Name} in the background and then starts itself anew; 'atmosphere doctor' shows how far it is.";

        await using var services = Shell.Everything(settings).BuildServiceProvider();
        await BotSchema.Whole.ApplyAsync(services.GetRequiredService<Database>(), services.GetRequiredService<TimeProvider>(), cancellation);
        var faces = services.GetRequiredService<Redescription>();
        using var engine = services.GetRequiredService<ModelEngines>().Open(model.Name);
        var left = await faces.LeftAsync(engine.Faces, cancellation);
        await shell.Terminal.ProgressAsync("Describing photos and persons", left, progress => faces.ContinueAsync(engine.Faces, progress, cancellation));
        return await faces.TakeOverAsync(engine, cancellation)
            ? $"{model.Name} is in use. Parents of whom no picture is kept are asked for photos."
            : throw new VerbException("Faces were added meanwhile. Run the command again.");
    }

    private static Task<bool> WriteAsync(Shell shell, ParseResult line, Func<Session, Task> change, CancellationToken cancellation) =>
        BesideTheServer.OnDatabaseAsync(
            shell, line, async database =>
            {
                await database.WriteAsync(change, cancellation);
                return true;
            },
            cancellation);
}
