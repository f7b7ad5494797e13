// The built classes. n8n itself loads them by the paths in package.json's "n8n" block; this is for everybody else.
const { ProcountorApi } = require('./dist/credentials/ProcountorApi.credentials.js');
const { ProcountorOAuth2Api } = require('./dist/credentials/ProcountorOAuth2Api.credentials.js');
const { Procountor } = require('./dist/nodes/Procountor/Procountor.node.js');
const { ProcountorTrigger } = require('./dist/nodes/Procountor/ProcountorTrigger.node.js');
const { ProcountorWebhookTrigger } = require('./dist/nodes/Procountor/ProcountorWebhookTrigger.node.js');

module.exports = { ProcountorApi, ProcountorOAuth2Api, Procountor, ProcountorTrigger, ProcountorWebhookTrigger };
