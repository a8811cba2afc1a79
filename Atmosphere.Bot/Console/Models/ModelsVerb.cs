using System.CommandLine;
using System.Net;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console.Models;

/// <summary>atmosphere models</summary>
internal static class ModelsVerb
{
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(30);

    public static Command Create(Shell shell) => new("models", "The networks that find and describe faces")
    {
        List(shell),
        Get(shell),
        UseModelVerb.Create(shell),
        Check(shell),
        Add(shell),
    };

    private static Command List(Shell shell)
    {
        var json = Limits.Json();
        var command = new Command("list", "List the known networks and your own: licence, size, measured figures, and what is here") { json };
        command.SetAction(line =>
        {
            var settings = shell.Settings(line);
            var folder = ModelFolder.Of(settings);
            var (models, chosen) = (folder.All(), ModelUse.Current(folder.Data));
            if (line.GetValue(json))
            {
                Sheet.Json(shell.Terminal, models.Select(model => new
                {
                    model.Name,
                    model.Kind,
                    model.Family,
                    model.Licence,
                    model.Size,
                    model.Measured,
                    State = StateOf(folder, model, chosen),
                    model.Files,
                    model.Rules,
                }));
                return ExitCode.Success;
            }

            shell.Terminal.Out.Write(Sheet.Rows(
                ["name", "kind", "licence", "#KB", "state", "measured"],
                models,
                model => [model.Name, model.Kind, model.Licence, model.IsBuiltIn ? null : Sheet.Say($"{model.Size / 1024.0:N0}"), StateOf(folder, model, chosen), model.Measured]));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Get(Shell shell)
    {
        var name = new Argument<string>("name") { Description = "A model of 'models list'" };
        var from = new Option<Uri?>("--from") { Description = "Fetch the files from this folder instead of from the vendor", HelpName = "URL", CustomParser = Address };
        var proxy = new Option<Uri?>("--proxy") { Description = "Fetch through this proxy (default: as HTTPS_PROXY and NO_PROXY say)", HelpName = "URL", CustomParser = Address };
        var command = new Command("get", "Download a network into the data folder; continues what broke off, and checks what came") { name, from, proxy };
        command.SetAction(async (line, cancellation) =>
        {
            var folder = ModelFolder.Of(shell.Settings(line));
            var model = folder.Find(line.GetRequiredValue(name));
            if (model.IsBuiltIn || model.Files.Any(file => file.Address is null))
                throw new UsageException($"{model.Name} {(model.IsBuiltIn ? "comes with the program" : "is your own")}; there is nothing to download.");
            using var handler = new SocketsHttpHandler { UseProxy = true };
            if (line.GetValue(proxy) is { } through)
                handler.Proxy = new WebProxy(through);
            using var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
            http.DefaultRequestHeaders.UserAgent.ParseAdd("Atmosphere");
            await shell.Terminal.ProgressAsync(
                $"Fetching {model.Name} (KB)", (int)(model.Size / 1024),
                progress => new ModelDownload(http, line.GetValue(from), _silence).FetchAsync(folder, model, progress, cancellation));
            shell.Terminal.Line($"{model.Name} is here and is the file that was measured ({model.Licence}).");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Check(Shell shell)
    {
        var name = new Argument<string?>("name") { Description = "A model of 'models list' (default: all that are here)", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("check", "Check that the files of the networks are those that were measured, and that they work") { name };
        command.SetAction(async (line, cancellation) =>
        {
            var settings = shell.Settings(line);
            var folder = ModelFolder.Of(settings);
            var models = line.GetValue(name) is { } one ? [folder.Find(one)] : folder.All().Where(model => model.IsBuiltIn || folder.Has(model)).ToList();
            var broken = 0;
            foreach (var model in models)
            {
                var problem = folder.Problems(model).FirstOrDefault() ?? await ProblemOfUseAsync(shell, settings, model, cancellation);
                broken += problem is null ? 0 : 1;
                shell.Terminal.Line($"{(problem is null ? "OK    " : "FAIL  ")}{model.Name}: {problem ?? "works"}", problem is null ? null : Terminal.Bad);
            }

            return broken == 0 ? ExitCode.Success : throw new VerbException($"{broken} of {models.Count} models cannot be used. Fetch them again: atmosphere models get NAME.");
        });
        return command;
    }

    private static Command Add(Shell shell)
    {
        var file = new Argument<string>("file") { Description = "An ONNX file that describes faces" };
        var family = new Option<string>("--family") { Description = "How its input is made", HelpName = string.Join('|', ModelFolder.OwnFamilies), Required = true };
        var rules = new Option<string?>("--rules") { Description = "A file with the rules that it was calibrated for, as docs/configuration.md shows", HelpName = "FILE" };
        var unmeasured = new Option<bool>("--unmeasured") { Description = "Without rules: nobody is named, every near face is asked about" };
        var name = new Option<string?>("--name") { Description = "What to call it (default: the name of the file)", HelpName = "NAME" };
        var command = new Command("add", "Take in a network of your own; you answer for its licence") { file, family, rules, unmeasured, name };
        command.SetAction(line =>
        {
            var (path, measured) = (line.GetRequiredValue(file), line.GetValue(rules));
            if (!File.Exists(path))
                throw new UsageException($"{path} is not there. Name an ONNX file.");
            if (measured is null == !line.GetValue(unmeasured))
                throw new UsageException("Say by which rules this network names faces: --rules FILE, or --unmeasured, with which it names nobody and asks instead.");
            var called = line.GetValue(name) ?? Path.GetFileNameWithoutExtension(path).ToLowerInvariant().Replace('_', '-').Replace('.', '-');
            var model = ModelFolder.Of(shell.Settings(line)).Add(called, path, line.GetRequiredValue(family), measured);
            shell.Terminal.Line($"{model.Name} is added: {model.Measured}.");
            return ExitCode.Success;
        });
        return command;
    }

    private static string StateOf(ModelFolder folder, KnownModel model, IReadOnlyDictionary<string, string> chosen)
    {
        var kind = model.Kind == ModelKind.Detector ? ModelUse.Detector : ModelUse.Recogniser;
        var isUsed = chosen.TryGetValue(kind, out var used) ? used == model.Name : model.IsBuiltIn;
        return (isUsed ? "in use, " : "") + (model.IsBuiltIn ? "built in" : folder.Has(model) ? "here" : "not here");
    }

    /// <summary>Loads the model as the server would, and looks at a sample.</summary>
    private static async Task<string?> ProblemOfUseAsync(Shell shell, IConfigurationRoot settings, KnownModel model, CancellationToken cancellation)
    {
        settings[$"{FaceModelOptions.Section}:{model.Kind}"] = model.Name;
        try
        {
            await using var services = shell.Services(settings, Shell.DataFolder(settings)).BuildServiceProvider();
            _ = services.GetRequiredService<IOptions<FaceModelOptions>>().Value;
            _ = await Doctor.FaceNetworks.SeeAsync(services, cancellation);
            return null;
        }
        catch (Exception unwell) when (unwell is not OperationCanceledException)
        {
            return unwell.Message;
        }
        finally
        {
            settings[$"{FaceModelOptions.Section}:{model.Kind}"] = null;
        }
    }

    private static Uri? Address(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return address;
        result.AddError($"'{result.Tokens[0].Value}' is no http or https address.");
        return null;
    }
}
