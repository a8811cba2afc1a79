using System.CommandLine;
using System.Globalization;
using Atmosphere.Bot.Channels.Access;
using Atmosphere.Bot.Channels.Pictures;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;
using Microsoft.Extensions.Options;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere requests: faces and registrations that are not learned before somebody has looked at them.</summary>
internal static class RequestsVerb
{
    private static readonly Option<bool> _json = Limits.Json();

    public static Command Create(Shell shell) =>
        new("requests", "Faces and registrations that are not learned before somebody has looked; decide where no teacher does; also while the server runs")
        {
            List(shell),
            Show(shell),
            Decide(shell),
            Undo(shell),
        };

    private static Command List(Shell shell)
    {
        var command = new Command("list", "Print those that nobody decided about, the oldest first") { _json };
        command.SetAction(async (line, cancellation) =>
        {
            BesideTheServer.RequireData(Shell.DataFolder(shell.Settings(line)));
            var waiting = await BesideTheServer.OnDatabaseAsync(shell, line, database => database.ReadAsync(HeldFaceTable.WaitingAsync, cancellation), cancellation);
            if (line.GetValue(_json))
                Sheet.Json(shell.Terminal, waiting.Select(face => new { face.Number, face.Kind, face.Name, Group = face.GroupId.Value, face.Asked, Since = Sheet.Time(face.CreatedAt) }));
            else if (waiting.Count == 0)
                shell.Terminal.Line("No face waits.");
            else
                shell.Terminal.Out.Write(Sheet.Rows(["number", "what", "said to be", "group", "#asked", "since"], waiting, Cells));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(Shell shell)
    {
        var number = NumberArgument();
        var file = new Option<string?>("--file") { Description = "Where to write the picture (default: request-NUMBER.jpg); it must not exist", HelpName = "FILE" };
        var link = new Option<bool>("--link") { Description = "Print a link to the picture instead, which the running server answers for ten minutes" };
        var command = new Command("show", "Write a picture of the learned face and the new one, side by side, that only you can read") { number, file, link, shell.Urls };
        command.SetAction(async (line, cancellation) =>
        {
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var held = await FindAsync(services, line.GetValue(number), cancellation);
            if (line.GetValue(link))
            {
                var path = services.GetRequiredService<PictureLinks>().PathOf(HeldPictures.Operator, HeldPictures.BoundTo(held), held.Picture, HeldPictures.Lifetime);
                shell.Terminal.Line($"{BaseAddress(services, ServeVerb.UrlsOf(shell, line, shell.Settings(line)))}{path}");
                return ExitCode.Success;
            }

            var written = Path.GetFullPath(line.GetValue(file) ?? $"request-{held.Number}.jpg");
            try
            {
                await WriteAsync(written, await services.GetRequiredService<IMediaStore>().GetAsync(held.Picture, cancellation), cancellation);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new VerbException($"{written} cannot be written: {refused.Message} Name a new file with --file.", refused);
            }

            shell.Terminal.Line(
                held.IsMatches ? $"{written} shows the face that is known as {held.Name} (left, where one is kept) and the first ones that were matched with it. Delete it when you have decided."
                : held is { IsRegistration: true, LikeId: null } ? $"{written} shows the face that is to be registered as {held.Name}. Delete it when you have decided."
                : held.IsRegistration ? $"{written} shows a registered face (left, where one is kept) and the one that is to be registered as {held.Name}. Delete it when you have decided."
                : $"{written} shows the face that is known as {held.Name} (left, where one is kept) and the one that waits. Delete it when you have decided.");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Decide(Shell shell)
    {
        var number = NumberArgument();
        var answer = new Argument<string>("answer")
        {
            Description = "Of two faces, same: they are one child; other: they are two. Of a registration alone, allow: learn it. refuse: remove the registration. Of matches, allow: all of them are the child; refuse: not all",
        };
        answer.AcceptOnlyFromAmong([.. Enum.GetNames<RequestAnswer>().Select(name => name.ToLowerInvariant())]);
        var command = new Command("decide", "Decide about a face in the place of a teacher") { number, answer };
        command.SetAction(async (line, cancellation) =>
        {
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var held = await FindAsync(services, line.GetValue(number), cancellation);
            var said = Enum.Parse<RequestAnswer>(line.GetValue(answer)!, ignoreCase: true);
            var requests = services.GetRequiredService<IRequests>();
            if (!await services.GetRequiredService<Database>().WriteAsync(session => requests.DecideAsync(session, held.Id, said), cancellation))
                throw new VerbException($"Somebody decided about number {held.Number} just now, or '{line.GetValue(answer)}' does not fit: {Fitting(held)}.");
            shell.Terminal.Line(said switch
            {
                RequestAnswer.Allow when held.IsMatches => $"The photos of {held.Name} are sent by a running server from now on; otherwise by the next one.",
                RequestAnswer.Refuse when held.IsMatches => $"None of them is sent to the guardians of {held.Name}; colleagues are asked who they are.",
                RequestAnswer.Refuse => $"The registration is removed soon. Until then: atmosphere requests undo {held.Number}",
                RequestAnswer.Same when held.IsRegistration => "The parent who registered first is asked whether they share the photos.",
                RequestAnswer.Other when !held.IsRegistration => "It is not learned, and its picture is deleted by a running server now; otherwise by the next one.",
                _ => $"A running server learns that face of {held.Name} now; otherwise the next one does.",
            });
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Undo(Shell shell)
    {
        var number = NumberArgument();
        var command = new Command("undo", "Take back a decision about a registration, yours or a teacher's, while its pictures are kept") { number };
        command.SetAction(async (line, cancellation) =>
        {
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var wanted = line.GetValue(number);
            var (database, requests) = (services.GetRequiredService<Database>(), services.GetRequiredService<IRequests>());
            var held = (await database.ReadAsync(HeldFaceTable.AllAsync, cancellation)).FirstOrDefault(face => face.IsRegistration && face.Number == wanted);
            var undone = held is null ? null : await database.WriteAsync(session => requests.UndoAsync(session, held.Id), cancellation);
            shell.Terminal.Line(undone switch
            {
                UndoneDecision.WaitsAgain => $"Number {wanted} waits for a decision again.",
                UndoneDecision.Removed => "The registration is removed by a running server now; otherwise by the next one. The parent is told.",
                _ => throw new VerbException($"There is no decision under the number {wanted} that can still be undone."),
            });
            return ExitCode.Success;
        });
        return command;
    }

    private static string Fitting(HeldFace held) => (held.IsRegistration, held.LikeId) switch
    {
        _ when held.IsMatches => "allow or refuse",
        (false, _) => "same or other",
        (_, null) => "allow or refuse",
        _ => "same, other or refuse",
    };

    /// <summary>Where the server is reached from outside, if that is configured; otherwise on this machine.</summary>
    private static string BaseAddress(IServiceProvider services, string urls) =>
        (services.GetRequiredService<IOptions<PublicDoors>>().Value.PublicUrl ?? urls.Split(';')[0]).TrimEnd('/');

    private static Argument<int> NumberArgument() => new("number") { Description = "The number that 'requests list' shows" };

    private static async Task<HeldFace> FindAsync(IServiceProvider services, int number, CancellationToken cancellation) =>
        (await services.GetRequiredService<Database>().ReadAsync(HeldFaceTable.WaitingAsync, cancellation)).FirstOrDefault(face => face.Number == number)
            ?? throw new VerbException($"No face waits under the number {number}. 'atmosphere requests list' shows those that do.");

    /// <summary>Nobody else on the machine may read it, from its first byte on.</summary>
    private static async Task WriteAsync(string path, byte[] picture, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(picture, cancellation);
    }

    private static object?[] Cells(HeldFace face) =>
        [face.Number.ToString(CultureInfo.InvariantCulture), face.Kind, face.Name, face.GroupId.Value, face.Asked.ToString(CultureInfo.InvariantCulture), Sheet.Time(face.CreatedAt)];
}
