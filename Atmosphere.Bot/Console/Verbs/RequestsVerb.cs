using System.CommandLine;
using System.Globalization;
using Atmosphere.Bot.Console.Operators;
using Atmosphere.Recognition.Flows.Persons.Requests;
using Atmosphere.Recognition.Storage;
using Atmosphere.Recognition.Storage.Media;

namespace Atmosphere.Bot.Console.Verbs;

/// <summary>atmosphere requests: faces that are not learned before somebody says whose they are.</summary>
internal static class RequestsVerb
{
    private static readonly Option<bool> _json = Limits.Json();

    public static Command Create(Shell shell) =>
        new("requests", "Faces that are not learned before somebody says whose they are; decide where no teacher does; also while the server runs")
        {
            List(shell),
            Show(shell),
            Decide(shell),
        };

    private static Command List(Shell shell)
    {
        var command = new Command("list", "Print those that nobody decided about, the oldest first") { _json };
        command.SetAction(async (line, cancellation) =>
        {
            BesideTheServer.RequireData(Shell.DataFolder(shell.Settings(line)));
            var waiting = await BesideTheServer.OnDatabaseAsync(shell, line, database => database.ReadAsync(HeldFaceTable.WaitingAsync, cancellation), cancellation);
            if (line.GetValue(_json))
                Sheet.Json(shell.Terminal, waiting.Select(face => new { face.Number, face.Name, Group = face.GroupId.Value, face.Asked, Since = Sheet.Time(face.CreatedAt) }));
            else if (waiting.Count == 0)
                shell.Terminal.Line("No face waits.");
            else
                shell.Terminal.Out.Write(Sheet.Rows(["number", "said to be", "group", "#teachers asked", "since"], waiting, Cells));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Show(Shell shell)
    {
        var number = NumberArgument();
        var file = new Option<string?>("--file") { Description = "Where to write the picture (default: request-NUMBER.jpg); it must not exist", HelpName = "FILE" };
        var command = new Command("show", "Write a picture of the learned face and the new one, side by side, that only you can read") { number, file };
        command.SetAction(async (line, cancellation) =>
        {
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var held = await FindAsync(services, line.GetValue(number), cancellation);
            var path = Path.GetFullPath(line.GetValue(file) ?? $"request-{held.Number}.jpg");
            try
            {
                await WriteAsync(path, await services.GetRequiredService<IMediaStore>().GetAsync(held.Picture, cancellation), cancellation);
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new VerbException($"{path} cannot be written: {refused.Message} Name a new file with --file.", refused);
            }

            shell.Terminal.Line($"{path} shows the face that is known as {held.Name} (left, where one is kept) and the one that waits. Delete it when you have decided.");
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Decide(Shell shell)
    {
        var number = NumberArgument();
        var answer = new Argument<string>("answer") { Description = "same: it is that person, learn it; other: it is not, delete it" };
        answer.AcceptOnlyFromAmong("same", "other");
        var command = new Command("decide", "Say whether a face is the person's, in the place of a teacher") { number, answer };
        command.SetAction(async (line, cancellation) =>
        {
            await using var services = await BesideTheServer.OpenAsync(shell, line, cancellation);
            var held = await FindAsync(services, line.GetValue(number), cancellation);
            var isSame = line.GetValue(answer) == "same";
            var requests = services.GetRequiredService<IRequests>();
            if (!await services.GetRequiredService<Database>().WriteAsync(session => requests.DecideAsync(session, held.Id, isSame), cancellation))
                throw new VerbException($"Somebody decided about number {held.Number} just now.");
            shell.Terminal.Line(isSame
                ? $"A running server learns that face of {held.Name} now; otherwise the next one does."
                : "It is not learned, and its picture is deleted by a running server now; otherwise by the next one.");
            return ExitCode.Success;
        });
        return command;
    }

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
        [face.Number.ToString(CultureInfo.InvariantCulture), face.Name, face.GroupId.Value, face.Asked.ToString(CultureInfo.InvariantCulture), Sheet.Time(face.CreatedAt)];
}
