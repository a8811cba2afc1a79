using Atmosphere.Bot.Console;

return await CommandLine.RunAsync(args, Server.RunAsync);
